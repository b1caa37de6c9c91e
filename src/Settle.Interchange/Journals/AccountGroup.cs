namespace Settle.Journals;

/// <summary>What an account is in the books of a ledger with billing.</summary>
internal enum AccountGroup
{
    /// <summary>An account of a ledger without billing, whose books are its movements.</summary>
    Wallet,

    /// <summary>An asset: <c>@world</c>, where money comes from and goes to.</summary>
    Bank,

    /// <summary>An asset: what a customer owes.</summary>
    Receivable,

    /// <summary>A liability: what a customer has paid too much, or in advance.</summary>
    Prepayments,

    /// <summary>A liability: what is owed to the tax office.</summary>
    Tax,

    /// <summary>A liability: deposit invoices that no invoice settles yet, and their tax that is
    /// due once they are paid.</summary>
    Deposits,

    /// <summary>Revenue, the fees of reminders, and what was rounded.</summary>
    Income,

    /// <summary>Equity: what was owed when open invoices were brought in.</summary>
    Equity,

    /// <summary>Debts given up.</summary>
    Expenses,

    /// <summary>An asset: any other account that may be overdrawn without limit.</summary>
    OwnAsset,

    /// <summary>A liability: any other account, whose money is its owner's.</summary>
    OwnLiability,
}
