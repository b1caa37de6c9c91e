using System.Security.Cryptography;

namespace Settle.Bank;

/// <summary>
/// Gives each line of a bank statement its id. It is made of what the bank says, so that the line
/// has it again in another file; lines that are the same in everything are counted.
/// </summary>
internal sealed class BankLineIds
{
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);

    public BankLine Give(BankLine line)
    {
        // Without a reference from the bank, everything else must do.
        var other = line.Reference ?? $"{line.Name}\n{line.Iban}\n{line.Text}";
        var content = string.Create(CultureInfo.InvariantCulture,
            $"{line.Account}\n{line.Date:yyyy-MM-dd}\n{line.Asset}\n{line.Amount}\n"
            + $"{line.IsCredit}\n{line.IsReversal}\n{line.Reference is not null}\n{other}");
        var count = _seen[content] = _seen.GetValueOrDefault(content) + 1;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
        var id = $"bank:{hash[..32]}";
        return line with
        {
            Id = count == 1 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}:{count}"),
        };
    }
}
