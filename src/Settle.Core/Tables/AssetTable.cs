namespace Settle;

/// <summary>
/// The assets of one ledger, numbered in the order of their first use. Number 0 is the default
/// asset.
/// </summary>
internal sealed class AssetTable
{
    /// <summary>Stands where an entry names an asset that nobody declared.</summary>
    public const ushort NoAsset = ushort.MaxValue;

    private readonly List<AssetState> _assets = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    // The code that the last request used: nearly always the next one uses it too.
    private byte[] _lastCode = [];
    private int _lastNumber = -1;

    public int Count => _assets.Count;

    public AssetState this[int number] => _assets[number];

    /// <summary>The number of an asset that was used or declared before; -1 otherwise.</summary>
    public int Find(ReadOnlySpan<byte> code)
    {
        if (code.IsEmpty) return _assets.Count > 0 ? 0 : -1;
        if (code.SequenceEqual(_lastCode)) return _lastNumber;
        if (!_numbers.TryGetValue(Encoding.UTF8.GetString(code), out var number)) return -1;
        (_lastCode, _lastNumber) = (code.ToArray(), number);
        return number;
    }

    /// <summary>
    /// The scale of an asset at a block's time; null when nobody declared it. It only looks: a
    /// refused declaration must not number a currency that a replay of it would not number (L8).
    /// </summary>
    public int? ScaleOf(ReadOnlySpan<byte> code, long time)
    {
        var number = Find(code);
        if (number >= 0) return _assets[number].Scale;
        return Iso4217.TryGetScale(Encoding.UTF8.GetString(code), time, out var scale)
            ? scale : null;
    }

    public int Add(ReadOnlySpan<byte> code, int scale)
    {
        var text = Encoding.UTF8.GetString(code);
        _numbers.Add(text, _assets.Count);
        _assets.Add(new AssetState(text, scale));
        return _assets.Count - 1;
    }

    /// <summary>Forgets the assets that were added last.</summary>
    public void Truncate(int count)
    {
        for (var number = _assets.Count - 1; number >= count; number--)
        {
            _numbers.Remove(_assets[number].Code);
            _assets.RemoveAt(number);
        }
        (_lastCode, _lastNumber) = ([], -1);
    }
}
