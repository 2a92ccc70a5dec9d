set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1")
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1 -DNDEBUG")
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

find_program(KEEPSAKE_CCACHE ccache)
if(KEEPSAKE_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=time_macros ${KEEPSAKE_CCACHE})
endif()
find_program(KEEPSAKE_MOLD mold)
find_program(KEEPSAKE_LLD ld.lld)
if(KEEPSAKE_MOLD)
  add_link_options(-fuse-ld=mold)
elseif(KEEPSAKE_LLD)
  add_link_options(-fuse-ld=lld)
endif()

# Every warning is an error in our own code; the paths of the machine that built it stay out of the binary.
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Werror
  -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 13)
  # Later compilers take paths that only an exception could go for uses of uninitialised values (14.2 in
  # tests/support/stories.h); and what some later one will warn of must not keep anybody from building a release.
  add_compile_options(-Wno-maybe-uninitialized "$<$<CONFIG:Release>:-Wno-error>")
endif()
add_compile_options("$<$<CONFIG:Release>:-D_FORTIFY_SOURCE=2;-fstack-protector-strong>")
add_link_options(-Wl,-z,relro,-z,now)

set(KEEPSAKE_SANITIZE "" CACHE STRING "sanitizers to build with, as -fsanitize= takes them")
if(KEEPSAKE_SANITIZE)
  add_compile_options(-fsanitize=${KEEPSAKE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all -Wno-tsan)
  add_link_options(-fsanitize=${KEEPSAKE_SANITIZE})
  add_compile_definitions(KEEPSAKE_SANITIZED=1)
endif()
