# SPDX-License-Identifier: MIT
#
# The completions for shells, which the command prints: made with it, and installed with it.

if(CMAKE_CROSSCOMPILING AND NOT CMAKE_CROSSCOMPILING_EMULATOR)
  message(STATUS "The command cannot be run here (no CMAKE_CROSSCOMPILING_EMULATOR): completions are neither made nor installed")
  return()
endif()

set(completions "")

# bodycheck_completion(SHELL FOLDER NAME): the file that SHELL looks for under share/FOLDER.
function(bodycheck_completion shell folder name)
  set(file ${CMAKE_CURRENT_BINARY_DIR}/completions/${name})
  add_custom_command(
    OUTPUT ${file}
    COMMAND bodycheck-command completion ${shell} > ${file}
    DEPENDS bodycheck-command
    COMMENT "Writing completions for ${shell}"
    VERBATIM)
  set(completions ${completions} ${file} PARENT_SCOPE)
  if(BODYCHECK_INSTALL)
    install(FILES ${file} DESTINATION ${CMAKE_INSTALL_DATADIR}/${folder} COMPONENT command)
  endif()
endfunction()

file(MAKE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/completions)
bodycheck_completion(bash bash-completion/completions bodycheck)
bodycheck_completion(zsh zsh/site-functions _bodycheck)
bodycheck_completion(fish fish/vendor_completions.d bodycheck.fish)
add_custom_target(bodycheck-completions ALL DEPENDS ${completions})
