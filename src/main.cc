#include "image/photo_workers.h"

int main(int argc, char** argv) {
  if (const auto status = keepsake::image::run_if_photo_worker(argc, argv)) return *status;
}
