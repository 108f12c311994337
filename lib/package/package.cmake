# SPDX-License-Identifier: MIT
#
# Debian packages, one for each component of what is installed: `cpack` in the build folder writes them. What is built for them is
# configured with CMAKE_INSTALL_PREFIX=/usr, so that libraries go where Debian has those of this machine; the preset `package` does it.

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "The bodycheck authors <maintainers@bodycheck.example>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "") # each package has its own
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/finish.cmake)
# For finish.cmake.
set(CPACK_BODYCHECK_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_BODYCHECK_CHANGELOG ${BODYCHECK_CHANGELOG})

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_COMPONENTS_ALL "")

# bodycheck_package(COMPONENT NAME SECTION SUMMARY DESCRIPTION): the package of a component.
macro(bodycheck_package component name section summary description)
  list(APPEND CPACK_COMPONENTS_ALL ${component})
  string(TOUPPER ${component} upper)
  set(CPACK_DEBIAN_${upper}_PACKAGE_NAME ${name})
  set(CPACK_DEBIAN_${upper}_PACKAGE_SECTION ${section})
  set(CPACK_COMPONENT_${upper}_DESCRIPTION "${summary}\n${description}")
endmacro()

set(about
    "bodycheck checks HTTP API messages against the rules that their\n\
documentation gives, offline. It says whether a request or a response keeps\n\
the documentation, where it does not, and which documented error the API\n\
answers with.\n\n")

if(BODYCHECK_SHARED)
  set(soname_package libbodycheck${PROJECT_VERSION_MAJOR})
  bodycheck_package(library ${soname_package} libs "checks HTTP API messages against documented rules (library)"
                    "${about}This package has the shared library.")
  set(CPACK_DEBIAN_LIBRARY_PACKAGE_SHLIBDEPS ON)
  # Who is built with a version of the library needs this version: before 1.0 every one may change what others see of it.
  set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
  set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS_POLICY =)
  set(CPACK_DEBIAN_LIBRARY_PACKAGE_CONTROL_EXTRA ${CMAKE_CURRENT_LIST_DIR}/triggers)
  set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "${soname_package} (= ${PROJECT_VERSION}), ")
endif()

if(BODYCHECK_SHARED)
  bodycheck_package(lua lua-bodycheck interpreters "checks HTTP API messages against documented rules (LuaJIT)"
                    "${about}This package has what code of OpenResty, Kong and APISIX needs to check\n\
messages: a binding to the library, and handlers for the phases of nginx.")
  set(CPACK_DEBIAN_LUA_PACKAGE_ARCHITECTURE all)
  set(CPACK_DEBIAN_LUA_PACKAGE_DEPENDS "${soname_package} (= ${PROJECT_VERSION})")
  set(CPACK_DEBIAN_LUA_PACKAGE_RECOMMENDS "libluajit2-5.1-2 | libluajit-5.1-2")
endif()

bodycheck_package(development libbodycheck-dev libdevel "checks HTTP API messages against documented rules (development)"
                  "${about}This package has what programs are built with that use the library: the\n\
headers, the static library, and what CMake and pkg-config need to find them.")
string(APPEND CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "libpcre2-dev (>= ${BODYCHECK_PCRE2_VERSION}), libc6-dev")

if(BODYCHECK_COMMAND)
  bodycheck_package(command bodycheck utils "checks HTTP API messages against documented rules"
                    "${about}This package has the command, which people run before each commit and in CI\n\
on the payloads that they keep in repositories.")
  set(CPACK_DEBIAN_COMMAND_PACKAGE_SHLIBDEPS ON)
  if(NOT BODYCHECK_STATIC)
    set(CPACK_DEBIAN_COMMAND_PACKAGE_DEPENDS "${soname_package} (= ${PROJECT_VERSION})")
  endif()
endif()

if(nginx_installed)
  bodycheck_package(nginx libnginx-mod-http-bodycheck httpd "checks HTTP API messages against documented rules (nginx module)"
                    "${about}This package has a module for nginx, which checks what passes, logs what is\n\
broken, and answers it with the error that the API documents.")
  # A module runs in the nginx that it was built for, and says so as those of Debian do.
  file(STRINGS ${BODYCHECK_NGINX_SOURCE}/debian/libnginx-mod.abisubstvars abi REGEX "^nginx:abi=")
  string(REPLACE "nginx:abi=" "" CPACK_DEBIAN_NGINX_PACKAGE_DEPENDS "${abi}")
  set(CPACK_DEBIAN_NGINX_PACKAGE_SHLIBDEPS ON)
  set(CPACK_DEBIAN_NGINX_PACKAGE_CONTROL_EXTRA ${CMAKE_CURRENT_LIST_DIR}/nginx/postinst ${CMAKE_CURRENT_LIST_DIR}/nginx/postrm)
endif()

include(CPack)
