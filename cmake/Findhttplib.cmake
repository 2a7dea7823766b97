# Finds cpp-httplib by its own CMake package, or else as a compiled library (Debian 12). Defines httplib::httplib.
find_package(httplib CONFIG QUIET)
if(NOT httplib_FOUND)
  include(FindPackageHandleStandardArgs)
  find_path(httplib_INCLUDE_DIR httplib.h)
  find_library(httplib_LIBRARY NAMES cpp-httplib)
  find_package_handle_standard_args(httplib REQUIRED_VARS httplib_LIBRARY httplib_INCLUDE_DIR)
  if(httplib_FOUND AND NOT TARGET httplib::httplib)
    find_package(OpenSSL REQUIRED)
    find_package(Threads REQUIRED)
    add_library(httplib::httplib UNKNOWN IMPORTED)
    set_target_properties(httplib::httplib PROPERTIES
      IMPORTED_LOCATION ${httplib_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${httplib_INCLUDE_DIR}
      INTERFACE_COMPILE_DEFINITIONS "CPPHTTPLIB_OPENSSL_SUPPORT;CPPHTTPLIB_ZLIB_SUPPORT;CPPHTTPLIB_BROTLI_SUPPORT"
      INTERFACE_LINK_LIBRARIES "OpenSSL::SSL;OpenSSL::Crypto;Threads::Threads")
  endif()
  mark_as_advanced(httplib_INCLUDE_DIR httplib_LIBRARY)
endif()
