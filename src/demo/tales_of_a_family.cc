#include "demo/tale.h"

namespace keepsake::demo {
namespace {

constexpr std::string_view eleven_days =
    R"(They gave us the room at the end of the corridor, because it was quiet there and the curtain could be drawn.

{1}

Her name is Elin. She weighed less than the book on the windowsill. For eleven days we learned the names of machines, and which of the nurses hummed.

On the fourth day Tom read to her. He read the instructions of the coffee machine, because that was what he had in his pocket, and she turned her head.

{2}

On the ninth day it began to rain and did not stop. I remember thinking that it was good manners of the weather.

> You may hold her for as long as you want, they said. Nobody will look at the clock.

We held her for as long as we wanted. It was not long enough, and it was everything there was.

{3}

I write this down so that it is somewhere. She had grey eyes. She liked the humming.)";

constexpr std::string_view a_lake =
    R"(I drove there without a reason. It was a year, and I did not want to be asked how I was.

{1}

The fog lay on the water like something that had been put down for a moment. I sat on the wall with my gloves on. After an hour one could see the other side.

Nothing happened. I would like to keep that: a morning on which nothing happened.

{2}

On the way back I bought bread. I ate half of it in the car.)";

constexpr std::string_view to_the_midwife = R"(Things I would say, if I could find the beginning:

- that you took off the bracelet yourself, so that nobody would cut it
- that you said her name
- that I was not angry with you. I was only loud

I have begun this letter four times. It can stay here until the fifth.)";

constexpr std::string_view the_drive_home =
    R"(You asked me what I did that night after I had taken your mother home. I never said.

{1}

I drove past our exit, and the one after that. There was a house on the hill with one light on. I stopped across from it and waited until somebody turned it off. Then I could drive home, because somebody, somewhere, was going to bed.

The seat is still in the car. I will take it out on Sunday, if you come down with me.)";

constexpr std::string_view whoever_comes_after =
    R"(If you came here in the middle of the night: you are not the only one awake. I was where you are.

## What helped

- One person who answered the phone for us.
- Photos. We did not want any, and the nurse took them all the same, and put them in an envelope we did not have to open. We opened it after five weeks.
- Eating what people put in front of the door, and not writing thank-you cards.

## What did not

- Sentences that begin with *at least*.
- Plans.

{1}

There is no right way to do this. The path is there when you look down, a step or two of it at a time.

{2}

Later, and not soon, there will be an afternoon that is only an afternoon.)";

}  // namespace

std::vector<Tale> tales_of_a_family() {
  return {
      {.author = "hannah",
       .lang = "en",
       .title = "Eleven days",
       .days_ago = 402,
       .body = eleven_days,
       .pictures =
           {{Scene::curtain, 11,
             "A drawn curtain with daylight behind it; the cross of a window shows through the cloth.",
             "The room, on the first morning."},
            {Scene::rain, 5, "Raindrops on a dark window. Behind them the lamps of a street, out of focus.",
             "The ninth day."},
            {Scene::candle, 3,
             "A thick candle burning on a wooden table, the wall behind it lit by the flame.", "", false}},
       .audience = {"circle:Family", "circle:People who have lived this"},
       .past_gate = {"circle:Family"},
       .notes = {"hospital", "loss of a baby"},
       .topics = {"pregnancy-loss", "bereavement"},
       .author_note = "This is about our daughter, who lived for eleven days. There are no photos of her "
                      "here. Take your time, and leave it whenever you want.",
       .links = {{"Grandma"}, {"Aunt Ruth", true}}},
      {.author = "hannah",
       .lang = "en",
       .title = "A lake in March",
       .days_ago = 61,
       .body = a_lake,
       .pictures = {{Scene::lake, 4,
                     "A lake in thick morning fog. Wooded shores fade into each other; reeds stand in front.",
                     "Seven in the morning."},
                    {Scene::tree, 8, "A bare tree on a slope covered with snow, and the posts of a fence.",
                     "The way back."}},
       .audience = {"public"}},
      {.author = "hannah",
       .lang = "en",
       .title = "What I would say to the midwife",
       .days_ago = 20,
       .body = to_the_midwife,
       .pictures = {},
       .ending = Ending::draft},
      {.author = "tom",
       .lang = "en",
       .title = "The drive home",
       .days_ago = 380,
       .body = the_drive_home,
       .pictures = {{Scene::night, 6, "A hill under stars. In one house a window is lit.", ""}},
       .audience = {"person:hannah"},
       .notes = {"loss of a baby"},
       .topics = {"pregnancy-loss"}},
      {.author = "hannah",
       .lang = "en",
       .title = "For whoever comes after us",
       .days_ago = 33,
       .body = whoever_comes_after,
       .pictures = {{Scene::path, 9,
                     "A path through a wood in mist. After a few steps it bends and cannot be seen any more.",
                     ""},
                    {Scene::sea, 2, "Waves running out on a beach under a pale, clouded sky.",
                     "Last summer. We stayed until it was dark."}},
       .audience = {"public"},
       .notes = {"loss of a baby"},
       .topics = {"pregnancy-loss", "bereavement"},
       .author_note =
           "For parents, and for the people who stand beside them. It describes no medical details."},
  };
}

}  // namespace keepsake::demo
