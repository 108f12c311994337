# SPDX-License-Identifier: MIT
#
# BODYCHECK_DATE, the day of this version as YYYY-MM-DD, for the manual. It comes from the changelog of the packages, whose first entry
# must be that of this version.

set(BODYCHECK_CHANGELOG ${CMAKE_CURRENT_LIST_DIR}/../package/changelog)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${BODYCHECK_CHANGELOG})
file(STRINGS ${BODYCHECK_CHANGELOG} title LIMIT_COUNT 1)
if(NOT title MATCHES "^bodycheck \\((.+)\\) " OR NOT CMAKE_MATCH_1 STREQUAL PROJECT_VERSION)
  message(FATAL_ERROR "The first entry of ${BODYCHECK_CHANGELOG} is not that of version ${PROJECT_VERSION}")
endif()
file(STRINGS ${BODYCHECK_CHANGELOG} signature REGEX "^ -- " LIMIT_COUNT 1)
if(NOT signature MATCHES "  [A-Z][a-z][a-z], ([0-9][0-9]) ([A-Z][a-z][a-z]) ([0-9][0-9][0-9][0-9]) ")
  message(FATAL_ERROR "The first entry of ${BODYCHECK_CHANGELOG} has no date")
endif()
set(BODYCHECK_DATE "${CMAKE_MATCH_3}-${CMAKE_MATCH_2}-${CMAKE_MATCH_1}")
set(months Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec)
list(FIND months "${CMAKE_MATCH_2}" month)
math(EXPR month "101 + ${month}")
string(SUBSTRING ${month} 1 2 month)
string(REGEX REPLACE "-[A-Z][a-z][a-z]-" "-${month}-" BODYCHECK_DATE "${BODYCHECK_DATE}")
