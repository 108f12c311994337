# SPDX-License-Identifier: MIT
#
# The pages of the manual, which the command prints: made with it, and installed with it.

if(CMAKE_CROSSCOMPILING AND NOT CMAKE_CROSSCOMPILING_EMULATOR)
  message(STATUS "The command cannot be run here (no CMAKE_CROSSCOMPILING_EMULATOR): man pages are neither made nor installed")
  return()
endif()

set(pages "")
foreach(page IN ITEMS bodycheck.1 bodycheck-rules.5)
  get_filename_component(name ${page} NAME_WE)
  set(file ${CMAKE_CURRENT_BINARY_DIR}/man/${page})
  add_custom_command(
    OUTPUT ${file}
    COMMAND bodycheck-command manual ${name} > ${file}
    DEPENDS bodycheck-command
    COMMENT "Writing man page ${page}"
    VERBATIM)
  list(APPEND pages ${file})
  if(BODYCHECK_INSTALL)
    string(REGEX MATCH "[0-9]$" section ${page})
    install(FILES ${file} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section} COMPONENT command)
  endif()
endforeach()
file(MAKE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/man)
add_custom_target(bodycheck-manual ALL DEPENDS ${pages})
