# keepsake_frontend(): bundles frontend/ into ${CMAKE_BINARY_DIR}/frontend/assets, again only where one of its
# files has changed. Sets keepsake_scripts to what comes out.
function(keepsake_frontend)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/frontend/src/*.ts)
  set(settings "")
  foreach(name package.json package-lock.json .npmrc tsconfig.json vite.config.ts)
    list(APPEND settings ${CMAKE_SOURCE_DIR}/frontend/${name})
  endforeach()
  set(assets ${CMAKE_BINARY_DIR}/frontend/assets)
  set(scripts "")
  foreach(page drop embed help leave look passkeys photos worker writing)
    list(APPEND scripts ${assets}/${page}.js)
  endforeach()
  add_custom_command(
    OUTPUT ${scripts}
    COMMAND ${CMAKE_SOURCE_DIR}/tools/frontend ${CMAKE_BINARY_DIR}/frontend
    DEPENDS ${sources} ${settings} ${CMAKE_SOURCE_DIR}/tools/frontend
    COMMENT "bundling frontend" VERBATIM)
  set(keepsake_scripts ${scripts} PARENT_SCOPE)
endfunction()
