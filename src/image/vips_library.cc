#include "image/vips_library.h"

#include <dlfcn.h>

#include <stdexcept>
#include <string>

namespace keepsake::image::lib {
namespace {

constexpr const char* file = "libvips.so.42";  // of all releases of libvips 8

void* find(void* library, const char* name) {
  void* found = ::dlsym(library, name);
  if (!found) throw std::runtime_error(std::string("libvips lacks ") + name);
  return found;
}

}  // namespace

#define KEEPSAKE_DEFINE(name) decltype(&::name) name = nullptr;
KEEPSAKE_LIBVIPS_CALLS(KEEPSAKE_DEFINE)
#undef KEEPSAKE_DEFINE

void load() {
  void* library = ::dlopen(file, RTLD_NOW | RTLD_GLOBAL);
  if (!library) throw std::runtime_error("libvips is not installed");
#define KEEPSAKE_FIND(name) name = reinterpret_cast<decltype(&::name)>(find(library, #name));
  KEEPSAKE_LIBVIPS_CALLS(KEEPSAKE_FIND)
#undef KEEPSAKE_FIND
}

}  // namespace keepsake::image::lib
