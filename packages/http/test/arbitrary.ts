import fc from "fast-check"

/** Any sequence of UTF-16 units: control characters and lone surrogates included. */
export const anyText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: 0xffff })), {
    maxLength: 80,
  })
  .map((units) => String.fromCharCode(...units))

/** Text made of the pieces that a parser of request heads stumbles over. */
export const trickyText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...'/ . .. // %2f %2e %5c %00 %zz % ; = & + " , : @ [ ] { } * # ? \\ :: 1 0x a A eyJ Bearer http:// xn--'.split(
          " ",
        ),
        " ",
        "\t",
        "\0",
        "é",
      ),
      anyText,
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""))

/** Any text a client may send: both of the above. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(anyText, trickyText)
