# The Debian package, which tools/package makes. Its libraries are found by dpkg-shlibdeps, but for libvips, which
# the photo workers load by themselves: that one is looked up among what is installed where the package is built,
# as its name differs between releases of Debian.
install(TARGETS keepsake RUNTIME DESTINATION bin)
install(PROGRAMS packaging/keepsakectl DESTINATION sbin)
install(FILES packaging/keepsake.service DESTINATION lib/systemd/system)
install(FILES packaging/keepsake.toml DESTINATION /etc/keepsake PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ)
install(FILES packaging/debian/copyright docs/hosting.md DESTINATION share/doc/keepsake)
install(DIRECTORY packaging/examples DESTINATION share/doc/keepsake)

set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY TRUE)  # the program is there when a package is made

# keepsake_from_dpkg(VARIABLE EXPRESSION arguments of dpkg-query...): every match of the expression in what it says.
function(keepsake_from_dpkg variable expression)
  execute_process(COMMAND dpkg-query ${ARGN} OUTPUT_VARIABLE said ERROR_QUIET)
  string(REGEX MATCHALL "${expression}" found "${said}")
  set(${variable} "${found}" PARENT_SCOPE)
endfunction()

keepsake_from_dpkg(vips_package "^[a-z0-9.+-]+" --search "*/libvips.so.42")
string(REGEX MATCH "^[0-9]+\\.[0-9]+" vips_release "${vips_VERSION}")
list(TRANSFORM vips_package APPEND " (>= ${vips_release})")
# Where libheif's decoders are packages of their own: photos of phones (HEIC) and AVIF.
keepsake_from_dpkg(heif_packages "libheif[a-z0-9.+-]+ installed" --show -f "\${Package} \${db:Status-Status}\n"
  libheif-plugin-libde265 libheif-plugin-dav1d)
list(TRANSFORM heif_packages REPLACE " installed" "")
set(needed adduser init-system-helpers ${vips_package} ${heif_packages})
list(JOIN needed ", " CPACK_DEBIAN_PACKAGE_DEPENDS)

# Of two builds of one version, that of the later Debian is the newer.
if(EXISTS /etc/os-release)
  file(STRINGS /etc/os-release os_release REGEX "^VERSION_ID=")
  string(REGEX MATCH "[0-9.]+" debian "${os_release}")
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_SET_DESTDIR ON)
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_NAME keepsake)
set(CPACK_PACKAGE_CONTACT "The Keepsake maintainers <keepsake@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "home for photos and words that are hard to share")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "Keeps the photos and the words of a hard chapter of life, shares them exactly
as far as their author chooses, and warns readers before. A web server with
SQLite or PostgreSQL; photos are kept encrypted and reach readers without any
metadata.")
set(CPACK_DEBIAN_PACKAGE_RELEASE "1~deb${debian}")
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "nginx | caddy | httpd")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
file(WRITE ${CMAKE_BINARY_DIR}/packaging/conffiles "/etc/keepsake/keepsake.toml\n")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${CMAKE_BINARY_DIR}/packaging/conffiles
  ${CMAKE_SOURCE_DIR}/packaging/debian/postinst ${CMAKE_SOURCE_DIR}/packaging/debian/prerm
  ${CMAKE_SOURCE_DIR}/packaging/debian/postrm)
include(CPack)
