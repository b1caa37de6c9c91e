using Settle.Reading;

namespace Settle.Fuzz.Targets;

/// <summary>A cursor of a list as a server gave it.</summary>
internal sealed class PageCursorSample
{
    public string Text { get; } = new PageCursor { List = "accounts", Location = 77, Skip = 3, Name = "Alex" }.Encode();

    public static void Read(string text) => PageCursor.Decode(text, "accounts");
}
