-- sign_in.lua PASSWORD NAME...: signs in as one after another.
function init(words)
  password, names, at = words[1], { unpack(words, 2) }, 0
end

function request()
  at = at + 1
  return wrk.format("POST", "/sign-in", { ["Host"] = "127.0.0.1", ["Accept"] = "application/json",
    ["Content-Type"] = "application/json" },
    '{"name":"' .. names[at % #names + 1] .. '","password":"' .. password .. '"}')
end
