#include "image/thumbhash.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <utility>
#include <vector>

namespace keepsake::image {
namespace {

using Values = std::vector<double>;

// A picture taken apart: luminance, yellow against blue, red against green, alpha. All of them 0 to 1, or -1
// to 1, for each pixel.
struct Channels {
  Values light, yellow, red, alpha;
  bool see_through = false;
};

// What the cosines of a channel come to: its mean, and the others in units of the largest.
struct Waves {
  double mean = 0, scale = 0;
  Values rest = {};
};

// Weighed by `weight`. Multiplied and divided in the order of the author's program, so that both round alike.
double part(ByteView pixels, std::size_t pixel, int band, double weight) {
  return weight / 255 * std::to_integer<int>(pixels[pixel * 4 + band]);
}

double alpha_of(ByteView pixels, std::size_t pixel) {
  return std::to_integer<int>(pixels[pixel * 4 + 3]) / 255.0;
}

struct Colour {
  double red = 0, green = 0, blue = 0;
};

// Of what can be seen, and `alpha`, how much that is of all pixels.
Colour average(ByteView pixels, double& alpha) {
  Colour sum;
  for (std::size_t i = 0; i < pixels.size() / 4; ++i) {
    const double seen = alpha_of(pixels, i);
    sum.red += part(pixels, i, 0, seen);
    sum.green += part(pixels, i, 1, seen);
    sum.blue += part(pixels, i, 2, seen);
    alpha += seen;
  }
  return alpha > 0 ? Colour{sum.red / alpha, sum.green / alpha, sum.blue / alpha} : sum;
}

// The average colour stands behind what can be seen through.
Channels take_apart(ByteView pixels) {
  double seen = 0;
  const Colour behind = average(pixels, seen);
  const auto count = pixels.size() / 4;
  Channels channels;
  channels.see_through = seen < static_cast<double>(count);
  for (std::size_t i = 0; i < count; ++i) {
    const double alpha = alpha_of(pixels, i);
    const double red = behind.red * (1 - alpha) + part(pixels, i, 0, alpha);
    const double green = behind.green * (1 - alpha) + part(pixels, i, 1, alpha);
    const double blue = behind.blue * (1 - alpha) + part(pixels, i, 2, alpha);
    channels.light.push_back((red + green + blue) / 3);
    channels.yellow.push_back((red + green) / 2 - blue);
    channels.red.push_back(red - green);
    channels.alpha.push_back(alpha);
  }
  return channels;
}

Values cosines(int size, int frequency) {
  Values values;
  for (int i = 0; i < size; ++i) values.push_back(std::cos(std::numbers::pi / size * frequency * (i + 0.5)));
  return values;
}

double wave(const Values& channel, const Values& across, const Values& down) {
  double sum = 0;
  for (std::size_t y = 0; y < down.size(); ++y)
    for (std::size_t x = 0; x < across.size(); ++x)
      sum += channel[y * across.size() + x] * across[x] * down[y];
  return sum / static_cast<double>(channel.size());
}

// The frequencies of a triangle: the finer one way, the coarser the other.
template <class Use>
void for_each_frequency(int wide, int high, const Use& use) {
  for (int down = 0; down < high; ++down)
    for (int across = 0; across * high < wide * (high - down); ++across)
      if (across > 0 || down > 0) use(across, down);
}

Waves waves_of(const Values& channel, int width, int height, int wide, int high) {
  Waves waves{.mean = wave(channel, cosines(width, 0), cosines(height, 0))};
  for_each_frequency(wide, high, [&](int across, int down) {
    waves.rest.push_back(wave(channel, cosines(width, across), cosines(height, down)));
    waves.scale = std::max(waves.scale, std::abs(waves.rest.back()));
  });
  for (auto& value : waves.rest) value = waves.scale > 0 ? 0.5 + 0.5 / waves.scale * value : 0;
  return waves;
}

std::uint32_t steps(double value) {
  return static_cast<std::uint32_t>(std::floor(value + 0.5));
}

void put(Bytes& bytes, std::uint32_t value, int count) {
  for (int i = 0; i < count; ++i) bytes.push_back(static_cast<std::byte>(value >> 8 * i));
}

// Half a byte each, the lower half first.
class Halves {
 public:
  explicit Halves(Bytes& bytes) : bytes_(bytes) {}
  void add(const Values& values) {
    for (const double value : values) {
      if (!upper_) bytes_.push_back(std::byte{0});
      bytes_.back() |= static_cast<std::byte>(steps(15 * value) << (upper_ ? 4 : 0));
      upper_ = !upper_;
    }
  }

 private:
  Bytes& bytes_;
  bool upper_ = false;
};

int light_waves(int side, int longest, bool see_through) {
  const int most = see_through ? 5 : 7;
  return std::max(1, static_cast<int>(steps(static_cast<double>(most * side) / longest)));
}

std::size_t count_of(int wide, int high) {
  std::size_t count = 0;
  for_each_frequency(wide, high, [&](int, int) { ++count; });
  return count;
}

// A channel as its waves say it: how many each way, and how strong each is.
struct Channel {
  int wide = 3, high = 3;
  double mean = 0;
  Values waves = {};
};
struct Unpacked {
  Channel light, yellow, red;
};

int byte_at(ByteView bytes, std::size_t place) {
  return std::to_integer<int>(bytes[place]);
}

// `half`: where the channel's first wave stands, in halves of bytes; goes on behind its last.
void read_waves(ByteView hash, std::size_t& half, double scale, Channel& channel) {
  for_each_frequency(channel.wide, channel.high, [&](int, int) {
    const int value = byte_at(hash, half / 2) >> (half % 2 == 0 ? 0 : 4) & 15;
    channel.waves.push_back((value / 7.5 - 1) * scale);
    ++half;
  });
}

// Of a hash that is one, without transparency. Its author's program makes the colours a little stronger.
Unpacked unpacked(ByteView hash) {
  constexpr double stronger = 1.25;
  const int first = byte_at(hash, 0) | byte_at(hash, 1) << 8 | byte_at(hash, 2) << 16;
  const int second = byte_at(hash, 3) | byte_at(hash, 4) << 8;
  const bool lying = (second >> 15) != 0;
  const int shorter = std::max(3, second & 7);
  Unpacked found;
  found.light = {lying ? 7 : shorter, lying ? shorter : 7, (first & 63) / 63.0};
  found.yellow.mean = (first >> 6 & 63) / 31.5 - 1;
  found.red.mean = (first >> 12 & 63) / 31.5 - 1;
  std::size_t half = 10;
  read_waves(hash, half, (first >> 18 & 31) / 31.0, found.light);
  read_waves(hash, half, stronger * (second >> 3 & 63) / 63, found.yellow);
  read_waves(hash, half, stronger * (second >> 9 & 63) / 63, found.red);
  return found;
}

Values drawn(const Channel& channel, int width, int height) {
  Values pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), channel.mean);
  auto wave = channel.waves.begin();
  for_each_frequency(channel.wide, channel.high, [&](int across, int down) {
    const auto columns = cosines(width, across), rows = cosines(height, down);
    auto pixel = pixels.begin();
    for (const double row : rows)
      for (const double column : columns) *pixel++ += 2 * *wave * column * row;
    ++wave;
  });
  return pixels;
}

constexpr int points = 2;  // each way, of each part whose colour is asked for

double mean_of_part(const Values& pixels, int columns, int x, int y) {
  double sum = 0;
  for (int down = 0; down < points; ++down)
    for (int across = 0; across < points; ++across) {
      const int pixel = (y * points + down) * columns * points + x * points + across;
      sum += pixels[static_cast<std::size_t>(pixel)];
    }
  return sum / (points * points);
}

std::uint32_t colour_of(double light, double yellow, double red) {
  const double blue = light - 2.0 / 3 * yellow;
  const double reddish = (3 * light - blue + red) / 2;
  const auto part = [](double value) { return steps(255 * std::clamp(value, 0.0, 1.0)); };
  return part(reddish) << 16 | part(reddish - red) << 8 | part(blue);
}

}  // namespace

Bytes thumbhash(ByteView pixels, int width, int height) {
  const auto channels = take_apart(pixels);
  const bool alpha = channels.see_through;
  const int wide = light_waves(width, std::max(width, height), alpha);
  const int high = light_waves(height, std::max(width, height), alpha);
  const auto waves = [&](const Values& channel, int x, int y) {
    return waves_of(channel, width, height, x, y);
  };
  const auto light = waves(channels.light, std::max(3, wide), std::max(3, high));
  const auto yellow = waves(channels.yellow, 3, 3);
  const auto red = waves(channels.red, 3, 3);
  const bool lying = width > height;
  Bytes hash;
  put(hash,
      steps(63 * light.mean) | steps(31.5 + 31.5 * yellow.mean) << 6 | steps(31.5 + 31.5 * red.mean) << 12 |
          steps(31 * light.scale) << 18 | std::uint32_t{alpha} << 23,
      3);
  put(hash,
      static_cast<std::uint32_t>(lying ? high : wide) | steps(63 * yellow.scale) << 3 |
          steps(63 * red.scale) << 9 | std::uint32_t{lying} << 15,
      2);
  const auto see_through = alpha ? waves(channels.alpha, 5, 5) : Waves{};
  if (alpha) put(hash, steps(15 * see_through.mean) | steps(15 * see_through.scale) << 4, 1);
  Halves halves(hash);
  for (const auto* one : {&light, &yellow, &red, &see_through}) halves.add(one->rest);
  return hash;
}

std::vector<std::uint32_t> thumbhash_colours(ByteView hash, int columns, int rows) {
  if (!is_thumbhash(hash) || (byte_at(hash, 2) & 0x80) != 0) return {};
  const Unpacked found = unpacked(hash);
  const auto light = drawn(found.light, columns * points, rows * points);
  const auto yellow = drawn(found.yellow, columns * points, rows * points);
  const auto red = drawn(found.red, columns * points, rows * points);
  std::vector<std::uint32_t> colours;
  for (int y = 0; y < rows; ++y)
    for (int x = 0; x < columns; ++x) {
      const auto mean = [&](const Values& values) { return mean_of_part(values, columns, x, y); };
      colours.push_back(colour_of(mean(light), mean(yellow), mean(red)));
    }
  return colours;
}

bool is_thumbhash(ByteView bytes) {
  if (bytes.size() < 5 || bytes.size() > most_thumbhash_bytes) return false;
  const bool alpha = std::to_integer<int>(bytes[2]) & 0x80;
  const bool lying = std::to_integer<int>(bytes[4]) & 0x80;
  const int shorter = std::to_integer<int>(bytes[3]) & 7;
  const int longer = alpha ? 5 : 7;
  if (shorter < 1 || shorter > longer) return false;
  const auto light = lying ? count_of(longer, std::max(3, shorter)) : count_of(std::max(3, shorter), longer);
  const auto halves = light + 2 * count_of(3, 3) + (alpha ? count_of(5, 5) : 0);
  return bytes.size() == (alpha ? 6 : 5) + (halves + 1) / 2;
}

}  // namespace keepsake::image
