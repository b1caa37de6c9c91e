namespace Settle.Import;

/// <summary>
/// The columns of one kind of file. Any other is refused: a mistyped <c>ceiling</c> would open an
/// account without one.
/// </summary>
/// <param name="what">What the rows are, for people.</param>
/// <param name="required">Columns that must be there.</param>
/// <param name="optional">Columns that may be.</param>
/// <param name="beside">The columns of another file of the same import; null for none.</param>
internal sealed class CsvColumns(
    string what, string[] required, string[] optional, CsvColumns? beside = null)
{
    private static readonly string[] Fees = ["fee", "fees", "commission", "gebuehr"];

    // Words that are shorter are near to too many others.
    private const int NearLettersMin = 4;

    /// <summary>Whether the rows of such a file are written with a reason when they are refused.
    /// </summary>
    public bool MayHaveVerdicts { get; init; }

    public string What => what;

    /// <summary>All of them, as people write a header.</summary>
    public string Expected { get; } = optional.Length == 0 ? string.Join(',', required)
        : $"{string.Join(',', required)}[,{string.Join("][,", optional)}]";

    /// <summary>The columns that must be there.</summary>
    public IReadOnlyList<string> Required => required;

    /// <summary>Every column that has a meaning here.</summary>
    public IEnumerable<string> All => required.Concat(optional);

    public bool Has(string column) => All.Contains(column, StringComparer.OrdinalIgnoreCase);

    /// <summary>Checks that those that must be there are.</summary>
    /// <exception cref="CsvFaultException">One is missing.</exception>
    public void Require(CsvFile file)
    {
        foreach (var column in required) file.Require(column, Expected);
    }

    /// <summary>What is wrong with a column of another name.</summary>
    /// <param name="file">The file that has it.</param>
    /// <param name="column">Its name.</param>
    /// <param name="hint">What else can be done about it if nothing else seems to be meant.</param>
    public CsvFaultException Unknown(CsvFile file, string column, string hint = "") =>
        new(new CsvFault(file.HeaderLine, column, $"is not a column of {what}"
            + (Suggestion(column) is { } meant
                ? $"; {meant} Expected {Expected}" : $"; expected {Expected}{hint}")));

    private string? Suggestion(string column)
    {
        var word = ColumnWords.Plain(column);
        return Fees.Contains(word) ? "a fee needs a row of its own."
            : Meant(word) is { } own ? $"did you mean '{own}'?"
            : beside?.Meant(word) is { } other
                ? $"did you mean '{other}', which is a column of {beside.What}?" : null;
    }

    private string? Meant(string word)
    {
        var names = All.Select(known => (Name: known, Known: known))
            .Concat(All.SelectMany(known => ColumnWords.For(known)
                .Select(other => (Name: other, Known: known))))
            .ToLookup(pair => pair.Name, pair => pair.Known);
        return names.Contains(word) ? names[word].First()
            : NearestName.Find(word, names.Select(each => each.Key).Where(name =>
                name.Length >= NearLettersMin || Has(name))) is { } near
                ? names[near].First() : null;
    }
}
