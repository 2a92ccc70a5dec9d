# keepsake_embed(TARGET DIRECTORIES dirs...)
# Puts every file of the directories into the binary by .incbin, named by its path from the source root;
# base/embedded.h finds them again.
function(keepsake_embed target)
  cmake_parse_arguments(arg "" "" "DIRECTORIES" ${ARGN})
  set(files "")
  foreach(directory ${arg_DIRECTORIES})
    file(GLOB_RECURSE found CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${directory}/*)
    list(APPEND files ${found})
  endforeach()
  set(assembly ${CMAKE_BINARY_DIR}/embedded/${target}.S)
  add_custom_command(
    OUTPUT ${assembly}
    COMMAND /usr/bin/python3 ${CMAKE_SOURCE_DIR}/tools/embed ${CMAKE_SOURCE_DIR} ${assembly} ${arg_DIRECTORIES}
    DEPENDS ${files} ${CMAKE_SOURCE_DIR}/tools/embed
    COMMENT "embedding ${arg_DIRECTORIES}" VERBATIM)
  add_library(${target} STATIC ${assembly})
  set_source_files_properties(${assembly} PROPERTIES OBJECT_DEPENDS "${files}")
endfunction()
