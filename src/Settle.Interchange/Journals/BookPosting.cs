namespace Settle.Journals;

/// <summary>One line of a transaction in a journal.</summary>
/// <param name="Group">What the account is.</param>
/// <param name="Account">The account of the ledger.</param>
/// <param name="Amount">What is added to it; the lines of a transaction add up to zero.</param>
internal readonly record struct BookPosting(AccountGroup Group, string Account, Money Amount);
