-- accept_gates.lua STORIES TOKENS FIRST: accepts the gate of story after story (a file of their ids, one a line), then
-- again with the next token. Each thread takes every second pair, from number FIRST on.
local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

local function lines(path)
  local all = {}
  for line in io.lines(path) do all[#all + 1] = line end
  return all
end

function init(words)
  stories, tokens = lines(words[1]), lines(words[2])
  at = tonumber(words[3]) + number
end

function request()
  local story = stories[at % #stories + 1]
  local token = tokens[math.floor(at / #stories) % #tokens + 1]
  at = at + 2
  return wrk.format("POST", "/stories/" .. story .. "/gate", {
    ["Host"] = "127.0.0.1", ["Accept"] = "application/json", ["Content-Type"] = "application/json",
    ["Authorization"] = "Bearer " .. token }, '{"accept":"all"}')
end
