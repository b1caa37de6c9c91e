using System.Text;

namespace Settle.Tests.Rules;

/// <summary>Everything that a book says, so that two can be compared.</summary>
internal static class BookText
{
    public static string Of(Book book)
    {
        var text = new StringBuilder();
        text.AppendLine($"{book.Time} {book.EntryCount} {book.HoldSequence}");
        for (var asset = 0; asset < book.Assets.Count; asset++)
            text.AppendLine($"asset {asset} {book.Assets[asset]}");
        for (var number = 0; number < book.AccountCount; number++)
        {
            var account = book.Account(number);
            var notes = book.Notes(number);
            text.AppendLine($"account {number} {book.AccountName(number)} {account.FirstPosition} "
                + $"{account.IsClosed} {account.IsOpened} {Text(notes?.Owners)} {Text(notes?.Meta)}");
        }
        for (var number = 0; number < book.PositionCount; number++)
        {
            var p = book.Position(number);
            text.AppendLine($"position {number} {p.Account} {p.Asset} {p.Balance} {p.Held} {p.Floor} "
                + $"{p.Ceiling} {p.Next} {p.IsUsed}");
        }
        foreach (var hold in book.OpenHolds.OrderBy(hold => hold.Sequence)) text.AppendLine($"{hold}");
        return text.ToString();
    }

    public static byte[] Save(Book book)
    {
        var bytes = new MemoryStream();
        book.Save(part => bytes.Write(part));
        return bytes.ToArray();
    }

    public static Book Load(byte[] saved)
    {
        using var bytes = new MemoryStream(saved);
        var book = Book.Load(bytes.ReadExactly);
        if (bytes.Position != bytes.Length) throw new FormatException("more was saved than was read");
        return book;
    }

    private static string Text(byte[]? json) => json is null ? "-" : Encoding.UTF8.GetString(json);
}
