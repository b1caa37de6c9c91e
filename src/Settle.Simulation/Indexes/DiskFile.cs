namespace Settle.Simulation;

/// <summary>A file's content; of what was not synced a power cut leaves what it likes.</summary>
internal sealed class DiskFile
{
    private const int PageBytes = 4096;
    private const int SectorBytes = 512;

    private byte[] _bytes = new byte[256];
    private bool _isSynced;

    // What was durable before a sector was written again.
    private byte[]? _old;

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, Length);

    /// <summary>Who holds it; null for nobody.</summary>
    public FileHold? Hold { get; set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (Length + bytes.Length > _bytes.Length)
            Array.Resize(ref _bytes, int.Max(_bytes.Length * 2, Length + bytes.Length));
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
        _isSynced = false;
    }

    /// <summary>
    /// Puts other content in the place of what is there: a single sector is written whole, so that
    /// a power cut leaves one or the other.
    /// </summary>
    public void Overwrite(ReadOnlySpan<byte> bytes)
    {
        if (_isSynced && Length == bytes.Length && Length <= SectorBytes)
        {
            _old ??= Bytes.ToArray();
            bytes.CopyTo(_bytes);
            return;
        }
        Length = 0;
        Append(bytes);
    }

    public void Sync() => (_isSynced, _old) = (true, null);

    /// <summary>The same content in a file of its own, which is durable.</summary>
    public DiskFile Copy()
    {
        var copy = new DiskFile();
        copy.Append(Bytes.Span);
        copy.Sync();
        return copy;
    }

    /// <summary>The power fails: nothing, a part, zeros where data was, or all is left.</summary>
    public void Tear(Dice dice)
    {
        if (_old is { } old && dice.Chance(500)) old.CopyTo(_bytes, 0);
        if (!_isSynced && Length > 0)
        {
            switch (dice.Below(5))
            {
                case 0:
                    Length = 0;
                    break;
                case 1:
                    Length = dice.Below(Length);
                    break;
                case 2:
                    Zero(PageBytes, dice);
                    break;
                case 3:
                    Zero(SectorBytes, dice);
                    break;
            }
        }
        Sync();
    }

    private void Zero(int partBytes, Dice dice)
    {
        for (var at = 0; at < Length; at += partBytes)
            if (dice.Chance(500)) _bytes.AsSpan(at, int.Min(partBytes, Length - at)).Clear();
    }
}
