namespace Settle.Simulation;

/// <summary>A file's content; of what was not synced a power cut leaves what it likes.</summary>
internal sealed class DiskFile
{
    private const int PageBytes = 4096;
    private const int SectorBytes = 512;

    private byte[] _bytes = new byte[256];
    private bool _isSynced;

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

    public void Clear() => (Length, _isSynced) = (0, false);

    public void Sync() => _isSynced = true;

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
        _isSynced = true;
    }

    private void Zero(int partBytes, Dice dice)
    {
        for (var at = 0; at < Length; at += partBytes)
            if (dice.Chance(500)) _bytes.AsSpan(at, int.Min(partBytes, Length - at)).Clear();
    }
}
