using System.Security.Cryptography;

namespace Settle.Bank;

/// <summary>
/// Gives the lines of a file their ids. A line with the bank's own reference has it from that, so
/// that it is one in whatever files it comes. One without has it from its place in the account: the
/// balance before it, or else the number of its statement. Lines of one statement that are the same
/// in everything are counted.
/// </summary>
internal sealed class BankLineIds
{
    private readonly Dictionary<string, int> _unplaced = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BankLine> _given = new(StringComparer.Ordinal);

    /// <summary>
    /// The lines of a statement with their ids, in its order, without those that the file has had
    /// before. One that would have another line's id, and is not it, has an id apart.
    /// </summary>
    public IReadOnlyList<BankLine> Give(BankStatement statement)
    {
        var lines = new BankLine[statement.Lines.Count];
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        Int128? balance = IsWhole(statement) ? statement.Opening : null;
        // Some banks list the newest day first. Only days have an order that all files share.
        foreach (var (at, line) in statement.Lines.Index().OrderBy(each => each.Item.Date))
        {
            var place = balance is { } before ? before.ToString(CultureInfo.InvariantCulture)
                : statement.Number;
            lines[at] = line.Reference is not null ? Give(line, null, null, seen)
                : Give(line, place, DoubtOf(statement, balance is not null),
                    place is null ? _unplaced : seen);
            balance += line.IsCredit ? line.Amount : -line.Amount;
        }
        return [.. lines.Select(Once).OfType<BankLine>()];
    }

    private BankLine? Once(BankLine line) =>
        _given.TryAdd(line.Id, line) ? line
        : BankTexts.IsSame(_given[line.Id].Memo, line.Memo) ? null
        : Once(line with { Id = Apart(line), Doubt = BankLine.NotItsOwn });

    /// <summary>
    /// The id of a line whose own was given to another payer or text: it has these in it.
    /// </summary>
    public static string Apart(BankLine line) => $"{line.Id}:{Hash(line.Memo, 12)}";

    private static BankLine Give(
        BankLine line, string? place, string? doubt, Dictionary<string, int> seen)
    {
        // Without a reference from the bank, everything else must do.
        var other = line.Reference ?? $"{line.Name}\n{line.Iban}\n{line.Text}";
        var alike = "bank:" + Hash(string.Create(CultureInfo.InvariantCulture,
            $"{line.Account}\n{line.Date:yyyy-MM-dd}\n{line.Asset}\n{line.Amount}\n"
            + $"{line.IsCredit}\n{line.IsReversal}\n{line.Reference is not null}\n{other}"), 32);
        // A bank's reference is one movement's, which has one day from which it counts.
        var id = line.Reference is not null ? alike + line.ValuedPart
            : place is null ? alike : $"{alike}:{Hash(place, 12)}";
        var count = seen[id] = seen.GetValueOrDefault(id) + 1;
        return line with
        {
            Id = count == 1 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}:{count}"),
            Alike = alike,
            Doubt = line.Doubt ?? doubt,
        };
    }

    // The statement of the day repeats what a report or notification said before.
    private static string? DoubtOf(BankStatement statement, bool isPlaced) =>
        isPlaced || statement.Kind == BankStatementKind.Statement ? null
            : "it has no bank reference, so the statement of its day decides";

    /// <summary>Whether the balances are those around these very lines.</summary>
    private static bool IsWhole(BankStatement statement) => statement.Reached is { } reached
        && (statement.Closing is not { } closing || reached == closing);

    private static string Hash(string text, int chars) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..chars];
}
