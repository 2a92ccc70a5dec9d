# keepsake_embed(TARGET DIRECTORIES dirs... [BUILT directory files...])
# Puts every file of the directories into the binary by .incbin, named by its path from the source root;
# base/embedded.h finds them again. BUILT names a directory of the build tree, whose files stand beside those
# of the source directory of the same name, and the files that building it makes.
function(keepsake_embed target)
  cmake_parse_arguments(arg "" "" "DIRECTORIES;BUILT" ${ARGN})
  set(files "")
  set(places "")
  foreach(directory ${arg_DIRECTORIES})
    file(GLOB_RECURSE found CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${directory}/*)
    list(APPEND files ${found})
    list(APPEND places ${CMAKE_SOURCE_DIR}/./${directory})
  endforeach()
  list(POP_FRONT arg_BUILT built)
  list(APPEND files ${arg_BUILT})
  list(APPEND places ${built})
  set(assembly ${CMAKE_BINARY_DIR}/embedded/${target}.S)
  add_custom_command(
    OUTPUT ${assembly}
    COMMAND /usr/bin/python3 ${CMAKE_SOURCE_DIR}/tools/embed ${assembly} ${places}
    DEPENDS ${files} ${CMAKE_SOURCE_DIR}/tools/embed
    COMMENT "embedding ${arg_DIRECTORIES}" VERBATIM)
  add_library(${target} STATIC ${assembly})
  set_source_files_properties(${assembly} PROPERTIES OBJECT_DEPENDS "${files}")
endfunction()
