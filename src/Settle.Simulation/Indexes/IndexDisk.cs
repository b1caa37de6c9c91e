namespace Settle.Simulation;

/// <summary>
/// A folder as a disk keeps it. Names are journalled: a power cut takes back the newest changes,
/// and those only. What files hold is written whenever the system likes, so that a name can be
/// there without its content.
/// </summary>
/// <param name="dice">The chance of it.</param>
/// <param name="isFull">Whether nothing more can be written just now.</param>
/// <param name="prefix">What the names begin with that it gives.</param>
internal sealed class IndexDisk(Dice dice, Func<bool> isFull, string prefix)
{
    private readonly List<Action<SortedDictionary<string, DiskFile>>> _changes = [];
    private SortedDictionary<string, DiskFile> _files = new(StringComparer.Ordinal);

    // The names as they were at the last sync; the changes came after that.
    private SortedDictionary<string, DiskFile> _durable = new(StringComparer.Ordinal);
    private int _named;

    public IEnumerable<string> Names => _files.Keys;

    public string NewName() => string.Create(CultureInfo.InvariantCulture, $"{prefix}{++_named}");

    public bool Has(string name) => _files.ContainsKey(name);

    /// <exception cref="FileNotFoundException">There is none.</exception>
    public DiskFile Find(string name) => _files.TryGetValue(name, out var file)
        ? file : throw new FileNotFoundException($"there is no {name}");

    public DiskFile Create(string name)
    {
        CheckRoom();
        var file = new DiskFile();
        Change(names => names[name] = file);
        return file;
    }

    public void Rename(string name, string newName)
    {
        CheckRoom();
        var file = Find(name);
        Change(names =>
        {
            names.Remove(name);
            names[newName] = file;
        });
    }

    public void Delete(string name)
    {
        if (Has(name)) Change(names => names.Remove(name));
    }

    /// <summary>A file's content is durable, and with it every name so far.</summary>
    public void Sync(DiskFile file)
    {
        CheckRoom();
        file.Sync();
        Settle();
    }

    /// <exception cref="IOException">There is no room.</exception>
    public void CheckRoom()
    {
        if (isFull()) throw new IOException("no space is left on the device");
    }

    /// <summary>Everybody who uses it is dead by now.</summary>
    public void CutPower()
    {
        var kept = dice.Chance(500) ? _changes.Count : dice.Below(_changes.Count + 1);
        _files = _durable;
        foreach (var change in _changes.Take(kept)) change(_files);
        foreach (var file in _files.Values) file.Tear(dice);
        Settle();
    }

    /// <summary>What is in it now.</summary>
    public IReadOnlyDictionary<string, DiskFile> Copy() =>
        _files.ToDictionary(file => file.Key, file => file.Value.Copy());

    /// <summary>Somebody puts other files into its place.</summary>
    public void Restore(IReadOnlyDictionary<string, DiskFile> copy)
    {
        _files = new SortedDictionary<string, DiskFile>(StringComparer.Ordinal);
        foreach (var (name, file) in copy) _files.Add(name, file.Copy());
        Settle();
    }

    private void Change(Action<SortedDictionary<string, DiskFile>> change)
    {
        change(_files);
        _changes.Add(change);
    }

    private void Settle()
    {
        _durable = new SortedDictionary<string, DiskFile>(_files, StringComparer.Ordinal);
        _changes.Clear();
    }
}
