namespace Settle.Accounting;

/// <summary>One posting of a DATEV batch: its fields by their column, from one.</summary>
internal sealed class DatevRow
{
    private readonly string?[] _fields = new string?[DatevColumns.Names.Count];

    public string this[int column]
    {
        set => _fields[column - 1] = value;
    }

    /// <summary>Texts are quoted, also empty ones; numbers never.</summary>
    public override string ToString() => string.Join(';', _fields.Select((field, at) =>
        !DatevColumns.IsText(at + 1) ? field
            : $"\"{Clean(field).Replace("\"", "\"\"", StringComparison.Ordinal)}\""));

    private static string Clean(string? text) =>
        new([.. (text ?? "").Select(c => char.IsControl(c) ? ' ' : c)]);
}
