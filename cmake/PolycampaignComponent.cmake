# Compile and link rules of every target of ours; nothing of it reaches a consumer.
function(polycampaign_compile_rules target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES
    CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON POSITION_INDEPENDENT_CODE ON CXX_EXTENSIONS OFF)
  # for those who develop: packages are built without tests
  if(POLYCAMPAIGN_BUILD_TESTS AND CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wconversion -Wshadow)
  endif()
  # g++ takes a source within a unity build for a header, whose types should not use an anonymous namespace's
  if(CMAKE_UNITY_BUILD AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
  endif()
  # a shared library does not export the static libraries that it is linked with
  if(BUILD_SHARED_LIBS AND UNIX AND NOT APPLE)
    target_link_options(${target} PRIVATE LINKER:--exclude-libs,ALL)
  endif()
endfunction()

# For those who develop: the standard library's headers, and simdjson's, are compiled once. Consumers and ccache do without.
set(polycampaign_precompile OFF)
if(PROJECT_IS_TOP_LEVEL AND NOT CMAKE_CXX_COMPILER_LAUNCHER MATCHES ccache)
  set(polycampaign_precompile ON)
endif()
function(polycampaign_precompiled_headers target)
  add_library(${target} OBJECT ${PROJECT_SOURCE_DIR}/cmake/headers.cpp)
  polycampaign_compile_rules(${target})
  target_compile_definitions(${target} PRIVATE polycampaign_EXPORTS)
  target_precompile_headers(${target} PRIVATE
    <algorithm> <array> <atomic> <charconv> <chrono> <cstddef> <cstdint> <functional> <map> <memory> <mutex> <optional> <span>
    <string> <string_view> <utility> <variant> <vector> ${ARGN})
endfunction()
if(polycampaign_precompile)
  polycampaign_precompiled_headers(polycampaign_headers)
  polycampaign_precompiled_headers(polycampaign_simdjson_headers <simdjson.h>)
  target_link_libraries(polycampaign_simdjson_headers PRIVATE simdjson::simdjson)
endif()

# polycampaign_component(NAME USES other components... LINK libraries... SOURCES files...)
# One folder of src as an object library. It sees only the headers of the components that it names: the arrows of the
# design, kept by the compiler for libraries and by tests/architecture for includes.
function(polycampaign_component name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "USES;LINK;SOURCES")
  set(target polycampaign_${name})
  add_library(${target} OBJECT ${arg_SOURCES})
  polycampaign_compile_rules(${target})
  target_include_directories(${target} PUBLIC
    ${PROJECT_SOURCE_DIR}/include ${PROJECT_BINARY_DIR}/include ${PROJECT_SOURCE_DIR}/src)
  target_compile_definitions(${target} PRIVATE polycampaign_EXPORTS)
  if(NOT BUILD_SHARED_LIBS)
    target_compile_definitions(${target} PUBLIC POLYCAMPAIGN_STATIC_DEFINE)
  endif()
  foreach(other IN LISTS arg_USES)
    target_link_libraries(${target} PRIVATE polycampaign_${other}_headers)
  endforeach()
  target_link_libraries(${target} PRIVATE ${arg_LINK})
  if(polycampaign_precompile AND (name STREQUAL wire OR "wire" IN_LIST arg_USES))
    target_precompile_headers(${target} REUSE_FROM polycampaign_simdjson_headers)
  elseif(polycampaign_precompile)
    target_precompile_headers(${target} REUSE_FROM polycampaign_headers)
  endif()
  # what users of the folder's headers need
  add_library(${target}_headers INTERFACE)
  target_link_libraries(${target}_headers INTERFACE ${arg_LINK})
  set_property(GLOBAL APPEND PROPERTY POLYCAMPAIGN_COMPONENTS ${target})
  set_property(GLOBAL APPEND PROPERTY POLYCAMPAIGN_PRIVATE_LIBRARIES ${arg_LINK})
endfunction()
