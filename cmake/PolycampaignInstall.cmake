# What is installed, in two install components: polycampaign_runtime (shared libraries, the command) and
# polycampaign_development (headers, static libraries, CMake and pkg-config files).
include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/polycampaign)
set(pkgconfig_dir ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
set(polycampaign_components)

# Shared libraries find each other, and programs find them, even if the prefix is moved.
function(polycampaign_install_rpath target)
  if(BUILD_SHARED_LIBS AND NOT WIN32 AND NOT DEFINED CMAKE_INSTALL_RPATH)
    set(origin $ORIGIN)
    if(APPLE)
      set(origin @loader_path)
    endif()
    file(RELATIVE_PATH to_libraries ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_LIBDIR})
    set_target_properties(${target} PROPERTIES INSTALL_RPATH "${origin};${origin}/${to_libraries}")
  endif()
endfunction()

# polycampaign_install_library(TARGET COMPONENT): installs a library as a component of find_package(polycampaign).
macro(polycampaign_install_library target component)
  list(APPEND polycampaign_components ${component})
  polycampaign_install_rpath(${target})
  install(TARGETS ${target} EXPORT polycampaign-${component}-targets
    RUNTIME COMPONENT polycampaign_runtime
    LIBRARY COMPONENT polycampaign_runtime NAMELINK_COMPONENT polycampaign_development
    ARCHIVE COMPONENT polycampaign_development)
  install(EXPORT polycampaign-${component}-targets NAMESPACE polycampaign:: DESTINATION ${package_dir}
    COMPONENT polycampaign_development)
endmacro()

# polycampaign_install_pkgconfig(NAME DESCRIPTION [REQUIRES modules...] [PACKAGES modules...] [LIBS flags...])
# All users need REQUIRES; users of a static library also need PACKAGES and LIBS. The file of a shared library does not name
# PACKAGES, not even as private ones: pkg-config would refuse it on a machine that has only their run-time packages.
function(polycampaign_install_pkgconfig name description)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "REQUIRES;PACKAGES;LIBS")
  string(REPLACE "-" "_" library ${name})
  set(requires ${arg_REQUIRES})
  set(libs -l${library})
  set(cflags -I\${includedir})
  if(NOT BUILD_SHARED_LIBS)
    list(APPEND requires ${arg_PACKAGES})
    list(APPEND libs ${arg_LIBS})
    string(TOUPPER ${library} define)
    list(APPEND cflags -D${define}_STATIC_DEFINE)
  endif()
  list(JOIN requires ", " requires)
  list(JOIN libs " " libs)
  list(JOIN cflags " " cflags)
  file(RELATIVE_PATH to_prefix ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
  string(REGEX REPLACE "/$" "" to_prefix "${to_prefix}")
  foreach(dir IN ITEMS INCLUDEDIR LIBDIR)
    set(${dir} "\${prefix}/${CMAKE_INSTALL_${dir}}")
    if(IS_ABSOLUTE "${CMAKE_INSTALL_${dir}}")
      set(${dir} "${CMAKE_INSTALL_${dir}}")
    endif()
  endforeach()
  configure_file(${PROJECT_SOURCE_DIR}/cmake/polycampaign.pc.in ${PROJECT_BINARY_DIR}/${name}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/${name}.pc DESTINATION ${pkgconfig_dir} COMPONENT polycampaign_development)
endfunction()

set(threads_flags)
if(NOT WIN32)
  set(threads_flags -pthread)
endif()

polycampaign_install_library(polycampaign polycampaign)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/polycampaign DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  COMPONENT polycampaign_development
  FILES_MATCHING PATTERN "*.hpp" PATTERN testing EXCLUDE PATTERN command.hpp EXCLUDE PATTERN sqlite_journal.hpp EXCLUDE
  PATTERN postgres_journal.hpp EXCLUDE)
install(FILES ${PROJECT_BINARY_DIR}/include/polycampaign/export.hpp ${PROJECT_BINARY_DIR}/include/polycampaign/vendors.hpp
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/polycampaign COMPONENT polycampaign_development)
set(date_flags)
if(POLYCAMPAIGN_WITH_DATE)
  set(date_flags -ldate-tz)  # has no pkg-config file
endif()
polycampaign_install_pkgconfig(polycampaign "${PROJECT_DESCRIPTION}"
  PACKAGES libcrypto "libcurl >= 7.80" pugixml simdjson LIBS ${date_flags} ${threads_flags})

# polycampaign_install_journal(NAME): installs polycampaign_NAME with its headers.
macro(polycampaign_install_journal name)
  polycampaign_install_library(polycampaign_${name} ${name})
  install(FILES ${PROJECT_SOURCE_DIR}/include/polycampaign/${name}_journal.hpp
    ${PROJECT_BINARY_DIR}/include/polycampaign/${name}_export.hpp
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/polycampaign COMPONENT polycampaign_development)
endmacro()
if(POLYCAMPAIGN_WITH_SQLITE)
  polycampaign_install_journal(sqlite)
  polycampaign_install_pkgconfig(polycampaign-sqlite "the journal of polycampaign in an SQLite file"
    REQUIRES "polycampaign = ${PROJECT_VERSION}" PACKAGES "sqlite3 >= 3.35" LIBS ${threads_flags})
endif()
if(POLYCAMPAIGN_WITH_POSTGRES)
  polycampaign_install_journal(postgres)
  polycampaign_install_pkgconfig(polycampaign-postgres "the journal of polycampaign in PostgreSQL"
    REQUIRES "polycampaign = ${PROJECT_VERSION}" PACKAGES "libpq >= 12" LIBS ${threads_flags})
endif()

if(POLYCAMPAIGN_BUILD_TESTING_KIT)
  polycampaign_install_library(polycampaign_testing testing)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/polycampaign/testing
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/polycampaign COMPONENT polycampaign_development FILES_MATCHING PATTERN "*.hpp")
  install(FILES ${PROJECT_BINARY_DIR}/include/polycampaign/testing/export.hpp
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/polycampaign/testing COMPONENT polycampaign_development)
  install(FILES ${PROJECT_SOURCE_DIR}/cmake/Findhttplib.cmake DESTINATION ${package_dir}
    COMPONENT polycampaign_development)
  # If httplib has no pkg-config file, the requirements of a static library cannot be expressed.
  if(BUILD_SHARED_LIBS OR httplib_LIBRARY)
    polycampaign_install_pkgconfig(polycampaign-testing "fakes and vendor simulators for tests of users of polycampaign"
      REQUIRES "polycampaign = ${PROJECT_VERSION}" PACKAGES pugixml cpp-httplib LIBS ${threads_flags})
  endif()
endif()
if(POLYCAMPAIGN_BUILD_TOOLS)
  polycampaign_install_library(polycampaign_command_library command)
  install(FILES ${PROJECT_SOURCE_DIR}/include/polycampaign/command.hpp
    ${PROJECT_BINARY_DIR}/include/polycampaign/command_export.hpp
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/polycampaign COMPONENT polycampaign_development)
  polycampaign_install_rpath(polycampaign_command)
  install(TARGETS polycampaign_command RUNTIME COMPONENT polycampaign_runtime)
endif()

set(polycampaign_static ON)
if(BUILD_SHARED_LIBS)
  set(polycampaign_static OFF)
endif()
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/polycampaign-config.cmake.in
  ${PROJECT_BINARY_DIR}/polycampaign-config.cmake INSTALL_DESTINATION ${package_dir}
  NO_SET_AND_CHECK_MACRO NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/polycampaign-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/polycampaign-config.cmake ${PROJECT_BINARY_DIR}/polycampaign-config-version.cmake
  DESTINATION ${package_dir} COMPONENT polycampaign_development)
foreach(component IN ITEMS polycampaign_runtime polycampaign_development)
  install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT ${component})
endforeach()
install(FILES ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR}
  COMPONENT polycampaign_development)
