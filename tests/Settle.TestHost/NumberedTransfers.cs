namespace Settle.TestHost;

/// <summary>
/// Transfers that follow from their number alone, so that whoever knows a number knows the request.
/// Some pay in from outside, and some of the others find too little on an account.
/// </summary>
public static class NumberedTransfers
{
    public const int Accounts = 40;

    public static TransferRequest For(int number)
    {
        var mixed = (uint)number * 2654435761u;
        var payer = (int)(mixed >> 8) % Accounts;
        var payee = (payer + 1 + ((int)(mixed >> 20) % (Accounts - 1))) % Accounts;
        return new TransferRequest
        {
            Id = $"n{number:d7}",
            From = number % 4 == 0 ? "@world" : $"account{payer}",
            To = $"account{payee}",
            Amount = Money.OfMinor(1 + (mixed % 300), null, 2),
            Memo = number % 10 == 0 ? $"the number {number}" : null,
        };
    }

    public static TransferRequest[] Range(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(For)];
}
