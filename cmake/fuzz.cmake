# Each tests/fuzz/fuzz_NAME.cc reads bytes from outside and holds a promise against them (tests/fuzz/targets.h).
# test_fuzz, an ordinary test program, gives each the inputs kept in tests/fuzz/corpus/NAME. With
# -DKEEPSAKE_FUZZ=ON and clang each becomes a program of libFuzzer too, its modules built for coverage:
# tests/fuzz/run.
option(KEEPSAKE_FUZZ "build the fuzzers (needs clang)" OFF)

if(KEEPSAKE_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize=function
    -fno-sanitize-recover=all  # clang before 17 cannot compile coroutines with `function`
    -Wno-deprecated-declarations)  # clang sees those of libstdc++ 12 in its own std::stable_sort
  add_link_options(-fsanitize=address,undefined)
  add_compile_definitions(KEEPSAKE_SANITIZED=1)
endif()

# keepsake_fuzzers(modules...): called once the modules stand.
function(keepsake_fuzzers)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/fuzz/fuzz_*.cc)
  list(FILTER sources EXCLUDE REGEX "fuzz_main\\.cc$")
  add_executable(test_fuzz EXCLUDE_FROM_ALL ${sources} ${CMAKE_SOURCE_DIR}/tests/fuzz/replay_test.cc)
  target_include_directories(test_fuzz PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  target_link_libraries(test_fuzz PRIVATE ${ARGN} keepsake_lib_boost_json GTest::gtest GTest::gtest_main)
  add_test(NAME fuzz COMMAND test_fuzz WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  # GCC 12's leak check takes for thread-local storage what is none, where a library was loaded by dlopen (as libvips is),
  # and ends by a fault of its own. Without that guess it checks for leaks all the same.
  set_tests_properties(fuzz PROPERTIES ENVIRONMENT ASAN_OPTIONS=intercept_tls_get_addr=0)
  set_property(GLOBAL APPEND PROPERTY keepsake_tests test_fuzz)
  if(NOT KEEPSAKE_FUZZ)
    return()
  endif()
  foreach(source ${sources})
    get_filename_component(name ${source} NAME_WE)
    string(REPLACE "fuzz_" "" target ${name})
    add_executable(${name} EXCLUDE_FROM_ALL ${source} ${CMAKE_SOURCE_DIR}/tests/fuzz/fuzz_main.cc)
    target_compile_definitions(${name} PRIVATE KEEPSAKE_FUZZ_TARGET=${target})
    target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    target_link_libraries(${name} PRIVATE ${ARGN} keepsake_lib_boost_json)
  endforeach()
endfunction()
