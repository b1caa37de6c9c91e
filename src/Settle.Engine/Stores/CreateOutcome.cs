namespace Settle.Stores;

/// <summary>What a store answers to a create.</summary>
internal enum CreateOutcome
{
    /// <summary>This body is durable under this id.</summary>
    Created,

    /// <summary>Some body (perhaps this one, from an earlier try) is already there.</summary>
    Exists,
}
