# Compile and link options of all our targets. None of them reaches a consumer.
function(polycampaign_compile_rules target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES
    CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON POSITION_INDEPENDENT_CODE ON CXX_EXTENSIONS OFF)
  # Warnings are for developers. Packages are built without tests.
  if(POLYCAMPAIGN_BUILD_TESTS AND CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wconversion -Wshadow)
  endif()
  # With optimization, g++ 12 reports code that it has inlined from its own std::string and std::optional, also without -Wall
  # (https://gcc.gnu.org/bugzilla/show_bug.cgi?id=105651 and others).
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(${target} PRIVATE "$<$<NOT:$<CONFIG:Debug>>:-Wno-restrict;-Wno-maybe-uninitialized;-Wno-stringop-overflow;-Wno-stringop-overread>")
  endif()
  # In a unity build, g++ takes each source for a header, in which a type must not use types of an anonymous namespace.
  if(CMAKE_UNITY_BUILD AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
  endif()
  # A shared library does not export the symbols of static libraries that it contains.
  if(BUILD_SHARED_LIBS AND UNIX AND NOT APPLE)
    target_link_options(${target} PRIVATE LINKER:--exclude-libs,ALL)
  endif()
endfunction()

# For developers: precompiles the headers of the standard library and of simdjson. Not for consumers or with ccache.
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

# A room is a folder in the build tree. It has links to the headers of one component, or of one group of public headers, and
# nothing else, so only these can be included. Where links cannot be created, all headers are visible.
set(polycampaign_rooms ${PROJECT_BINARY_DIR}/rooms)
file(REMOVE_RECURSE ${polycampaign_rooms})
# polycampaign_room(NAME FROM folder HEADERS paths...): `#include "PATH"` finds FROM/PATH.
function(polycampaign_room name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "FROM" "HEADERS")
  set(room ${polycampaign_rooms}/${name})
  foreach(path IN LISTS arg_HEADERS)
    get_filename_component(folder ${room}/${path} DIRECTORY)
    file(MAKE_DIRECTORY ${folder})
    file(CREATE_LINK ${arg_FROM}/${path} ${room}/${path} RESULT failed SYMBOLIC)
    if(failed)
      message(STATUS "Symbolic links cannot be created here, so each component of polycampaign sees the headers of all others")
      set(room ${arg_FROM})
      break()
    endif()
  endforeach()
  set_property(GLOBAL PROPERTY POLYCAMPAIGN_ROOM_${name} ${room})
endfunction()
# polycampaign_enter(TARGET rooms...): makes these headers, and the generated ones, visible to the target.
function(polycampaign_enter target)
  foreach(name IN LISTS ARGN)
    get_property(room GLOBAL PROPERTY POLYCAMPAIGN_ROOM_${name})
    if(NOT room)
      message(FATAL_ERROR "${target} wants the headers of ${name}, which is defined behind it, or nowhere")
    endif()
    target_include_directories(${target} PRIVATE ${room})
  endforeach()
  target_include_directories(${target} PRIVATE ${PROJECT_BINARY_DIR}/include)
endfunction()

# The public headers in three groups: plain values, the protocol of adapters, and everything that knows the client.
set(polycampaign_client_headers async_pager callback_threads campaign_client client_base client_options pager
  outbox polycampaign providers recipient_upload ${polycampaign_vendors})
list(TRANSFORM polycampaign_client_headers REPLACE "(.+)" "polycampaign/\\1.hpp")
file(GLOB polycampaign_value_headers CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}/include
  ${PROJECT_SOURCE_DIR}/include/polycampaign/*.hpp)
list(REMOVE_ITEM polycampaign_value_headers ${polycampaign_client_headers} polycampaign/transport.hpp
  polycampaign/command.hpp)
polycampaign_room(values FROM ${PROJECT_SOURCE_DIR}/include HEADERS ${polycampaign_value_headers})
polycampaign_room(adapters FROM ${PROJECT_SOURCE_DIR}/include HEADERS polycampaign/protocol polycampaign/transport.hpp)
polycampaign_room(clients FROM ${PROJECT_SOURCE_DIR}/include HEADERS ${polycampaign_client_headers})
polycampaign_room(text FROM ${PROJECT_SOURCE_DIR}/src HEADERS text)

# polycampaign_component(NAME USES rooms... LINK libraries... SOURCES files...)
# Builds one folder of src as an object library. It sees the headers of its own folder, of src/text and of the rooms that it
# names; including any other header does not compile. Tests see all of src.
function(polycampaign_component name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "USES;LINK;SOURCES")
  set(target polycampaign_${name})
  add_library(${target} OBJECT ${arg_SOURCES})
  polycampaign_compile_rules(${target})
  file(RELATIVE_PATH folder ${PROJECT_SOURCE_DIR}/src ${CMAKE_CURRENT_SOURCE_DIR})
  polycampaign_room(${name} FROM ${PROJECT_SOURCE_DIR}/src HEADERS ${folder})
  polycampaign_enter(${target} ${name} ${arg_USES} text)
  target_include_directories(${target} INTERFACE
    ${PROJECT_SOURCE_DIR}/include ${PROJECT_BINARY_DIR}/include ${PROJECT_SOURCE_DIR}/src)
  target_compile_definitions(${target} PRIVATE polycampaign_EXPORTS)
  if(NOT BUILD_SHARED_LIBS)
    target_compile_definitions(${target} PUBLIC POLYCAMPAIGN_STATIC_DEFINE)
  endif()
  foreach(other IN LISTS arg_USES)
    if(TARGET polycampaign_${other}_headers)
      target_link_libraries(${target} PRIVATE polycampaign_${other}_headers)
    endif()
  endforeach()
  target_link_libraries(${target} PRIVATE ${arg_LINK})
  if(polycampaign_precompile AND (name STREQUAL wire OR "wire" IN_LIST arg_USES))
    target_precompile_headers(${target} REUSE_FROM polycampaign_simdjson_headers)
  elseif(polycampaign_precompile)
    target_precompile_headers(${target} REUSE_FROM polycampaign_headers)
  endif()
  # for users of the folder's headers
  add_library(${target}_headers INTERFACE)
  target_link_libraries(${target}_headers INTERFACE ${arg_LINK})
  set_property(GLOBAL APPEND PROPERTY POLYCAMPAIGN_COMPONENTS ${target})
  set_property(GLOBAL APPEND PROPERTY POLYCAMPAIGN_PRIVATE_LIBRARIES ${arg_LINK})
endfunction()
