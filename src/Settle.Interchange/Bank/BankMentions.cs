namespace Settle.Bank;

/// <summary>What a line names: the documents, and the references that are mistyped.</summary>
/// <param name="Numbers">The documents, each once, in their order.</param>
/// <param name="Mistyped">A reference whose check digits are wrong; null for none.</param>
internal sealed record BankMentions(IReadOnlyList<KnownNumber> Numbers, string? Mistyped)
{
    /// <summary>Looks for numbers and references wherever a line may have them.</summary>
    public static BankMentions Of(BankLine line, NumberIndex<KnownNumber> index)
    {
        var numbers = new List<KnownNumber>();
        string? mistyped = null;
        foreach (var reference in line.Structured.Where(CreditorReference.Is))
            Take(reference, CreditorReference.Read(reference));
        var text = $"{line.Text} {line.More}";
        var free = text.ToCharArray();
        foreach (var (start, candidates) in CreditorReference.In(text))
        {
            var found = candidates.FirstOrDefault(each => Refers(CreditorReference.Read(each)))
                ?? candidates.FirstOrDefault(each => Refers(Compact(each)));
            if (found is null) continue;
            Take(found, CreditorReference.Read(found));
            // Without its check digits it would be a number like any other.
            free.AsSpan(start, found.Length).Fill(' ');
        }
        numbers.AddRange(line.Structured.Where(each => !CreditorReference.Is(each))
            .SelectMany(index.Find));
        numbers.AddRange(index.Find(new string(free)));
        return new BankMentions([.. numbers.Distinct()], mistyped);

        void Take(string written, string? reference)
        {
            if (reference is null) mistyped ??= written;
            else if (index[reference] is { } known) numbers.Add(known);
        }

        bool Refers(string? reference) => reference is not null && index[reference] is not null;
    }

    private static string Compact(string reference) =>
        reference.Replace(" ", "", StringComparison.Ordinal)[4..];
}
