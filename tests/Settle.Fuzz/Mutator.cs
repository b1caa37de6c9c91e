namespace Settle.Fuzz;

/// <summary>Makes new inputs of those that are kept. The same seed makes the same ones.</summary>
internal sealed class Mutator(Random chance, IReadOnlyList<byte[]> words)
{
    private static readonly byte[] Odd =
        [0, 1, 9, 10, 13, 32, 34, 44, 45, 46, 48, 57, 59, 60, 92, 123, 125, 127, 128, 0xC3, 0xED, 0xFF];

    private static readonly string[] Numbers =
    [
        "0", "-0", "-1", "00", "1.0", "1e9", "0.001", "9007199254740991", "9007199254740992",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "99999999999999999999999999999999999999999",
        "0001-01-01", "9999-12-31", "2024-02-30", "1970-01-01T00:00:60Z", "NaN", "1,250", "\u0661",
    ];

    public byte[] Mutate(byte[] input, byte[] other)
    {
        var bytes = new List<byte>(input);
        var changes = 1 << chance.Next(4);
        for (var i = 0; i < changes; i++) Change(bytes, other);
        if (bytes.Count > Target.InputBytesMax)
            bytes.RemoveRange(Target.InputBytesMax, bytes.Count - Target.InputBytesMax);
        return [.. bytes];
    }

    private void Change(List<byte> bytes, byte[] other)
    {
        var at = chance.Next(bytes.Count + 1);
        var length = int.Min(1 << chance.Next(8), bytes.Count - at);
        switch (chance.Next(10))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << chance.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = Odd[chance.Next(Odd.Length)];
                break;
            case 2:
                bytes.Insert(at, Odd[chance.Next(Odd.Length)]);
                break;
            case 3:
                bytes.RemoveRange(at, length);
                break;
            case 4:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 5:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 6 when words.Count > 0:
                Put(bytes, at, words[chance.Next(words.Count)]);
                break;
            case 7:
                Put(bytes, at, Encoding.UTF8.GetBytes(Numbers[chance.Next(Numbers.Length)]));
                break;
            case 8 when other.Length > 0:
                var from = chance.Next(other.Length);
                bytes.InsertRange(at, other.AsSpan(from,
                    int.Min(1 << chance.Next(10), other.Length - from)).ToArray());
                break;
            case 9 when at < bytes.Count:
                for (var again = chance.Next(200); again > 0; again--)
                    bytes.InsertRange(at, bytes.GetRange(at, int.Min(length, 16)));
                break;
        }
    }

    // Instead of a run of word characters, or between two of them.
    private void Put(List<byte> bytes, int at, byte[] word)
    {
        var end = at;
        if (chance.Next(2) == 0) while (end < bytes.Count && IsWord(bytes[end])) end++;
        bytes.RemoveRange(at, end - at);
        bytes.InsertRange(at, word);
    }

    private static bool IsWord(byte value) => char.IsAsciiLetterOrDigit((char)value)
        || value is (byte)'.' or (byte)'-' or (byte)'_' or (byte)':' or >= 128;
}
