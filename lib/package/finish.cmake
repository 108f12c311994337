# SPDX-License-Identifier: MIT
#
# Adds to the folder of each package, before it is closed, what Debian's policy asks of packages alone: the licence, the changelog, and
# man pages that are compressed without the time.
cmake_minimum_required(VERSION 3.22)

# Compresses a file to OUTPUT.
function(compress file output)
  execute_process(COMMAND gzip -9nc ${file} OUTPUT_FILE ${output} COMMAND_ERROR_IS_FATAL ANY)
  file(CHMOD ${output} PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
endfunction()

# The licence in the form that Debian's tools read: continued lines are indented, empty ones are dots.
file(READ ${CPACK_BODYCHECK_LICENSE} license)
if(NOT license MATCHES "^MIT License\n\nCopyright \\(c\\) ([^\n]*)\n\n(.*[^\n])\n+$")
  message(FATAL_ERROR "${CPACK_BODYCHECK_LICENSE} is not the licence that this script knows")
endif()
set(holder "${CMAKE_MATCH_1}")
string(REPLACE "\n\n" "\n.\n" license "${CMAKE_MATCH_2}")
string(REPLACE "\n" "\n " license "${license}")
set(copyright "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: bodycheck\n\n\
Files: *\nCopyright: ${holder}\nLicense: Expat\n ${license}\n")

foreach(component IN LISTS CPACK_COMPONENTS_ALL)
  string(TOUPPER ${component} upper)
  set(share ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/${component}${CPACK_PACKAGING_INSTALL_PREFIX}/share)
  set(doc ${share}/doc/${CPACK_DEBIAN_${upper}_PACKAGE_NAME})
  file(MAKE_DIRECTORY ${doc})
  file(WRITE ${doc}/copyright "${copyright}")
  compress(${CPACK_BODYCHECK_CHANGELOG} ${doc}/changelog.gz)
  file(GLOB pages ${share}/man/man*/*.[1-9])
  foreach(page IN LISTS pages)
    compress(${page} ${page}.gz)
    file(REMOVE ${page})
  endforeach()
endforeach()
