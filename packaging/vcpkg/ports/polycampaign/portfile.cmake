# The checkout that this port lies in; packaging/README.md says what stands here in a published port.
get_filename_component(SOURCE_PATH "${CMAKE_CURRENT_LIST_DIR}/../../../.." ABSOLUTE)
if(NOT EXISTS "${SOURCE_PATH}/include/polycampaign/polycampaign.hpp")
    message(FATAL_ERROR "This port builds the checkout of polycampaign that it lies in, and ${SOURCE_PATH} is none.")
endif()

vcpkg_check_features(
    OUT_FEATURE_OPTIONS FEATURE_OPTIONS
    FEATURES
        postgres POLYCAMPAIGN_WITH_POSTGRES
        sqlite POLYCAMPAIGN_WITH_SQLITE
        testing POLYCAMPAIGN_BUILD_TESTING_KIT
        tools POLYCAMPAIGN_BUILD_TOOLS
)
set(WITH_DATE ON)
if(VCPKG_TARGET_IS_WINDOWS)
    set(WITH_DATE OFF)
endif()

vcpkg_cmake_configure(
    SOURCE_PATH "${SOURCE_PATH}"
    OPTIONS
        ${FEATURE_OPTIONS}
        -DPOLYCAMPAIGN_WITH_DATE=${WITH_DATE}
        -DPOLYCAMPAIGN_BUILD_EXAMPLES=OFF
        -DPOLYCAMPAIGN_BUILD_TESTS=OFF
        -DPOLYCAMPAIGN_BUILD_BENCHMARKS=OFF
)
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(CONFIG_PATH lib/cmake/polycampaign)
vcpkg_fixup_pkgconfig()
vcpkg_copy_pdbs()
if("tools" IN_LIST FEATURES)
    vcpkg_copy_tools(TOOL_NAMES polycampaign AUTO_CLEAN)
endif()

file(REMOVE_RECURSE
    "${CURRENT_PACKAGES_DIR}/debug/include"
    "${CURRENT_PACKAGES_DIR}/debug/share"
    "${CURRENT_PACKAGES_DIR}/share/doc"
)
file(INSTALL "${CMAKE_CURRENT_LIST_DIR}/usage" DESTINATION "${CURRENT_PACKAGES_DIR}/share/${PORT}")
foreach(feature IN ITEMS sqlite postgres testing)
    if(feature IN_LIST FEATURES)
        file(READ "${CMAKE_CURRENT_LIST_DIR}/usage-${feature}" USAGE)
        file(APPEND "${CURRENT_PACKAGES_DIR}/share/${PORT}/usage" "${USAGE}")
    endif()
endforeach()
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE")
