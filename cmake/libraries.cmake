# The libraries a module may name after LIBS. One place finds them all; shared/DEPENDENCIES explains the choices.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(GTest REQUIRED)

# keepsake_library(NAME pkg-config names...): an interface target keepsake_lib_NAME whose headers count as system.
function(keepsake_library name)
  pkg_check_modules(${name} REQUIRED IMPORTED_TARGET ${ARGN})
  add_library(keepsake_lib_${name} INTERFACE)
  target_link_libraries(keepsake_lib_${name} INTERFACE PkgConfig::${name})
endfunction()

# keepsake_plain_library(NAME libraries...): the same for a library without a pkg-config file.
function(keepsake_plain_library name)
  add_library(keepsake_lib_${name} INTERFACE)
  target_link_libraries(keepsake_lib_${name} INTERFACE ${ARGN})
endfunction()

keepsake_library(spdlog spdlog)
target_compile_definitions(keepsake_lib_spdlog INTERFACE SPDLOG_FMT_EXTERNAL)
keepsake_library(openssl libcrypto libssl)
keepsake_library(tomlplusplus tomlplusplus)
keepsake_library(sqlite3 sqlite3)
keepsake_library(libpq libpq)
keepsake_library(sodium libsodium)
# Its headers alone: workers load libvips themselves (image/vips_library.h). Tests link it.
pkg_check_modules(vips REQUIRED IMPORTED_TARGET vips)
add_library(keepsake_lib_vips INTERFACE)
target_include_directories(keepsake_lib_vips SYSTEM INTERFACE ${vips_INCLUDE_DIRS})
target_link_libraries(keepsake_lib_vips INTERFACE ${CMAKE_DL_LIBS})
keepsake_library(seccomp libseccomp)
keepsake_library(ctemplate libctemplate)
keepsake_library(icu icu-i18n icu-uc)
keepsake_library(zlib zlib)
keepsake_library(brotli libbrotlienc libbrotlidec)
keepsake_plain_library(cmark cmark-gfm cmark-gfm-extensions)
keepsake_plain_library(cli11)
keepsake_plain_library(boost boost_url pthread)
keepsake_plain_library(boost_json boost_json boost_url)
