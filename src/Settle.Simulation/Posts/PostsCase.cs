namespace Settle.Simulation;

/// <summary>What three clients want of the algorithm of 2014, a transfer each.</summary>
/// <param name="Funds">What Alex has in the beginning; the others have nothing.</param>
/// <param name="Amounts">The amount of each transfer.</param>
/// <param name="From">Who pays each.</param>
/// <param name="To">Who is paid by each.</param>
internal sealed record PostsCase(int Funds, int[] Amounts, int[] From, int[] To)
{
    public const int Clients = 3;

    private const int Alex = 0;
    private const int SumMax = 3;

    private static readonly string[] Names = ["Alex", "Dave", "Jane", "Shop"];

    /// <summary>All payers, funds and amounts that are explored.</summary>
    public static IEnumerable<PostsCase> All =>
        from parties in ((int[] From, int[] To)[])
            [([0, 0, 0], [1, 2, 3]), ([0, 0, 1], [1, 2, 2]), ([0, 1, 0], [1, 0, 2])]
        from funds in Enumerable.Range(1, SumMax)
        from first in Enumerable.Range(1, SumMax)
        from second in Enumerable.Range(1, SumMax)
        from third in Enumerable.Range(1, SumMax)
        select new PostsCase(funds, [first, second, third], parties.From, parties.To);

    /// <summary>What an account has when some transfers are successful.</summary>
    public int Available(int account, ReadOnlySpan<PostsClient> clients)
    {
        var available = account == Alex ? Funds : 0;
        for (var i = 0; i < Clients; i++)
        {
            if (clients[i].Status != PostsStatus.Successful) continue;
            if (From[i] == account) available -= Amounts[i];
            if (To[i] == account) available += Amounts[i];
        }
        return available;
    }

    /// <summary>An account that is below zero; null for none.</summary>
    public string? FindOverdraft(ReadOnlySpan<PostsClient> clients)
    {
        for (var account = 0; account < Names.Length; account++)
        {
            var available = Available(account, clients);
            if (available < 0) return $"{Names[account]} has {available}";
        }
        return null;
    }

    public string Describe(int transfer) =>
        $"t{transfer + 1}: {Names[From[transfer]]} -> {Names[To[transfer]]} {Amounts[transfer]}";
}
