using HarfBuzzSharp;

namespace Settle.Paper.Shaping;

/// <summary>What laying out a text has to know of a character.</summary>
internal static class CharacterTraits
{
    private static readonly UnicodeFunctions Unicode = UnicodeFunctions.Default;

    // What is written from the right to the left.
    private static readonly HashSet<Script> Hebrew = [Script.Hebrew, Script.Nko, Script.Samaritan];
    private static readonly HashSet<Script> Arabic =
        [Script.Arabic, Script.Syriac, Script.Thaana, Script.Mandaic];

    /// <summary>Whether a character only says how others are written.</summary>
    public static bool IsUnseen(Rune character) => character.Value is 0xAD or 0x34F or 0x61C
        or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F)
        or (>= 0x200B and <= 0x200F) or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F)
        or 0x3164 or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF or 0xFFA0
        or (>= 0xE0000 and <= 0xE0FFF);

    /// <summary>The class of a character in the algorithm for two directions (UAX 9).</summary>
    public static BidiClass BidiOf(Rune character)
    {
        var value = character.Value;
        if (value is 0x200E) return BidiClass.Left;
        if (value is 0x200F) return BidiClass.Right;
        if (value is (>= 0x660 and <= 0x669) or 0x66B or 0x66C) return BidiClass.ArabicNumber;
        if (value is '+' or '-' or 0x2212) return BidiClass.Sign;
        if (value is '.' or ',' or ':' or '/' or 0xA0 or 0x202F or 0x60C)
            return BidiClass.Separator;
        if (value is '#' or '%' or '°' or '‰') return BidiClass.Unit;
        switch (Rune.GetUnicodeCategory(character))
        {
            case UnicodeCategory.CurrencySymbol: return BidiClass.Unit;
            case UnicodeCategory.DecimalDigitNumber when value is not (>= 0x7C0 and <= 0x7C9):
                return BidiClass.Number;
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark:
                return BidiClass.Mark;
            case UnicodeCategory.Format or UnicodeCategory.Control: return BidiClass.Mark;
        }
        var script = Unicode.GetScript(value);
        if (Hebrew.Contains(script)) return BidiClass.Right;
        if (Arabic.Contains(script)) return BidiClass.ArabicLetter;
        return Rune.IsLetter(character) || script != Script.Common ? BidiClass.Left
            : BidiClass.Neutral;
    }
}
