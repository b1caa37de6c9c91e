namespace Settle.Paper.Shaping;

/// <summary>How a character takes part in a text of two directions (UAX 9).</summary>
internal enum BidiClass
{
    /// <summary>Written from the left to the right.</summary>
    Left,
    /// <summary>Written from the right to the left.</summary>
    Right,
    /// <summary>Of Arabic, whose numbers differ.</summary>
    ArabicLetter,
    /// <summary>A digit.</summary>
    Number,
    /// <summary>A digit of Arabic.</summary>
    ArabicNumber,
    /// <summary>Plus or minus.</summary>
    Sign,
    /// <summary>Belongs to a number beside it, such as a currency.</summary>
    Unit,
    /// <summary>Stands within numbers.</summary>
    Separator,
    /// <summary>Belongs to the character before it.</summary>
    Mark,
    /// <summary>As what is around it.</summary>
    Neutral,
}
