# keepsake_module(NAME USES modules... LIBS libraries...)
# One static library from src/NAME/*.cc; the units' tests (*_test.cc) become the program test_NAME. Before
# anything of the module is compiled, its includes are checked against USES and LIBS.
set_property(GLOBAL PROPERTY keepsake_modules "")

function(keepsake_module name)
  cmake_parse_arguments(arg "" "" "USES;LIBS" ${ARGN})
  set(folder ${CMAKE_SOURCE_DIR}/src/${name})
  get_property(known GLOBAL PROPERTY keepsake_modules)
  foreach(used ${arg_USES})
    if(NOT used IN_LIST known)
      message(FATAL_ERROR "module ${name} uses ${used}, which does not stand below it")
    endif()
  endforeach()
  set_property(GLOBAL APPEND PROPERTY keepsake_modules ${name})

  file(GLOB headers CONFIGURE_DEPENDS ${folder}/*.h)
  file(GLOB sources CONFIGURE_DEPENDS ${folder}/*.cc)
  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
  list(FILTER sources EXCLUDE REGEX "_test\\.cc$")
  if(NOT sources)
    set(sources ${CMAKE_SOURCE_DIR}/cmake/empty.cc)
  endif()

  set(stamp ${CMAKE_BINARY_DIR}/includes/${name}.ok)
  add_custom_command(
    OUTPUT ${stamp}
    COMMAND /usr/bin/python3 ${CMAKE_SOURCE_DIR}/tools/check-includes ${CMAKE_SOURCE_DIR}/src ${name} "${arg_USES}" "${arg_LIBS}"
    COMMAND ${CMAKE_COMMAND} -E touch ${stamp}
    DEPENDS ${headers} ${sources} ${tests} ${CMAKE_SOURCE_DIR}/tools/check-includes
    COMMENT "includes of ${name}" VERBATIM)
  add_custom_target(includes_${name} DEPENDS ${stamp})

  add_library(keepsake_${name} STATIC ${sources})
  add_dependencies(keepsake_${name} includes_${name})
  target_include_directories(keepsake_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(keepsake_${name} PUBLIC Threads::Threads)
  foreach(used ${arg_USES})
    target_link_libraries(keepsake_${name} PUBLIC keepsake_${used})
  endforeach()
  foreach(library ${arg_LIBS})
    target_link_libraries(keepsake_${name} PRIVATE keepsake_lib_${library})
  endforeach()

  if(tests)
    add_executable(test_${name} EXCLUDE_FROM_ALL ${tests})
    target_include_directories(test_${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
    target_link_libraries(test_${name} PRIVATE keepsake_${name} GTest::gtest GTest::gtest_main)
    foreach(library ${arg_LIBS})
      target_link_libraries(test_${name} PRIVATE keepsake_lib_${library})
    endforeach()
    if(name STREQUAL db OR db IN_LIST arg_USES)
      target_link_libraries(test_${name} PRIVATE keepsake_test_databases)
    endif()
    if(name STREQUAL image OR image IN_LIST arg_USES)
      target_compile_definitions(test_${name} PRIVATE
        KEEPSAKE_PHOTO_WORKER="$<TARGET_FILE:keepsake_photo_worker>")
      add_dependencies(test_${name} keepsake_photo_worker)
    endif()
    add_test(NAME ${name} COMMAND test_${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    set_property(GLOBAL APPEND PROPERTY keepsake_tests test_${name})
  endif()
endfunction()
