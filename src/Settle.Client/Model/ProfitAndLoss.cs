namespace Settle;

/// <summary>What billing earned and gave up.</summary>
public sealed record ProfitAndLoss
{
    /// <summary>The first day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day.</summary>
    public required DateOnly To { get; init; }

    /// <summary>The asset's code.</summary>
    public string Asset => Profit.Asset!;

    /// <summary>Its accounts, income first.</summary>
    public required IReadOnlyList<ProfitAndLossRow> Rows { get; init; }

    /// <summary>What was earned, without tax.</summary>
    public required Money Income { get; init; }

    /// <summary>What was given up.</summary>
    public required Money Expenses { get; init; }

    /// <summary>Income less expenses.</summary>
    public required Money Profit { get; init; }
}
