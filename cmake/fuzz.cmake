# With -DKEEPSAKE_FUZZ=ON and clang each tests/fuzz/fuzz_NAME.cc becomes a program of libFuzzer; run it as
# `fuzz_NAME [corpus directory] -max_total_time=60`. Its modules are built for coverage as well.
option(KEEPSAKE_FUZZ "build the fuzzers (needs clang)" OFF)

if(KEEPSAKE_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize=function
    -fno-sanitize-recover=all)  # clang before 17 cannot compile coroutines with `function`
  add_link_options(-fsanitize=address,undefined)
endif()

# keepsake_fuzzers(modules...): called once the modules stand.
function(keepsake_fuzzers)
  if(NOT KEEPSAKE_FUZZ)
    return()
  endif()
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/fuzz/fuzz_*.cc)
  foreach(source ${sources})
    get_filename_component(name ${source} NAME_WE)
    add_executable(${name} EXCLUDE_FROM_ALL ${source})
    target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    target_link_libraries(${name} PRIVATE ${ARGN})
  endforeach()
endfunction()
