#pragma once
// libvips, loaded by workers alone. Linked, it and the hundred libraries behind it would cost every start of
// the server 26 ms and 10 MB, and put every decoder into its process. A call that is not named here does not
// link.
#include <vips/vips.h>

#define KEEPSAKE_LIBVIPS_CALLS(CALL)    \
  CALL(g_free)                          \
  CALL(g_log_set_writer_func)           \
  CALL(g_object_unref)                  \
  CALL(g_strfreev)                      \
  CALL(vips_affine)                     \
  CALL(vips_area_unref)                 \
  CALL(vips_array_double_newv)          \
  CALL(vips_array_int_newv)             \
  CALL(vips_cache_set_max)              \
  CALL(vips_cast_uchar)                 \
  CALL(vips_colourspace)                \
  CALL(vips_concurrency_set)            \
  CALL(vips_copy)                       \
  CALL(vips_error_clear)                \
  CALL(vips_extract_area)               \
  CALL(vips_extract_band)               \
  CALL(vips_flatten)                    \
  CALL(vips_heifsave_buffer)            \
  CALL(vips_image_copy_memory)          \
  CALL(vips_image_get_fields)           \
  CALL(vips_image_get_orientation_swap) \
  CALL(vips_image_get_string)           \
  CALL(vips_image_get_typeof)           \
  CALL(vips_image_new_from_memory_copy) \
  CALL(vips_image_new_from_source)      \
  CALL(vips_image_remove)               \
  CALL(vips_image_write_to_memory)      \
  CALL(vips_init)                       \
  CALL(vips_interpolate_new)            \
  CALL(vips_jpegsave_buffer)            \
  CALL(vips_min)                        \
  CALL(vips_operation_block_set)        \
  CALL(vips_reducev)                    \
  CALL(vips_rot)                        \
  CALL(vips_source_new_from_descriptor) \
  CALL(vips_source_new_from_memory)     \
  CALL(vips_thumbnail_image)            \
  CALL(vips_thumbnail_source)           \
  CALL(vips_version_string)             \
  CALL(vips_webpsave_buffer)

namespace keepsake::image::lib {

#define KEEPSAKE_DECLARE(name) extern decltype(&::name) name;
KEEPSAKE_LIBVIPS_CALLS(KEEPSAKE_DECLARE)
#undef KEEPSAKE_DECLARE

// Must come before any of the calls. Throws std::runtime_error if the library is not installed or lacks one.
void load();

}  // namespace keepsake::image::lib
