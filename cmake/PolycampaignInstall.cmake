include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/polycampaign)

install(TARGETS polycampaign EXPORT polycampaign-targets)
install(EXPORT polycampaign-targets NAMESPACE polycampaign:: DESTINATION ${package_dir})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/polycampaign DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  FILES_MATCHING PATTERN "*.hpp" PATTERN testing EXCLUDE PATTERN command.hpp EXCLUDE)
install(FILES ${PROJECT_BINARY_DIR}/include/polycampaign/export.hpp
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/polycampaign)

if(POLYCAMPAIGN_BUILD_TESTING_KIT)
  install(TARGETS polycampaign_testing EXPORT polycampaign-testing-targets)
  install(EXPORT polycampaign-testing-targets NAMESPACE polycampaign:: DESTINATION ${package_dir})
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/polycampaign/testing
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/polycampaign FILES_MATCHING PATTERN "*.hpp")
  install(FILES ${PROJECT_BINARY_DIR}/include/polycampaign/testing/export.hpp
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/polycampaign/testing)
  install(FILES ${PROJECT_SOURCE_DIR}/cmake/Findhttplib.cmake DESTINATION ${package_dir})
endif()
if(POLYCAMPAIGN_BUILD_TOOLS)
  install(TARGETS polycampaign_command)
  install(TARGETS polycampaign_command_library EXPORT polycampaign-command-targets)
  install(EXPORT polycampaign-command-targets NAMESPACE polycampaign:: DESTINATION ${package_dir})
  install(FILES ${PROJECT_SOURCE_DIR}/include/polycampaign/command.hpp
    ${PROJECT_BINARY_DIR}/include/polycampaign/command_export.hpp DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/polycampaign)
endif()

configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/polycampaign-config.cmake.in
  ${PROJECT_BINARY_DIR}/polycampaign-config.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/polycampaign-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/polycampaign-config.cmake
  ${PROJECT_BINARY_DIR}/polycampaign-config-version.cmake DESTINATION ${package_dir})
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
