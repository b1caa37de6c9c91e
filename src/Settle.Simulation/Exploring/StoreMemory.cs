using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Settle.Stores.CouchDb;

namespace Settle.Simulation;

/// <summary>
/// All that a store for CouchDB keeps from one call to the next, found by its fields: what somebody
/// adds to it counts by itself, and what cannot be folded is an error.
/// </summary>
internal static class StoreMemory
{
    private const BindingFlags Fields =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private const DynamicallyAccessedMemberTypes Kept =
        DynamicallyAccessedMemberTypes.PublicFields
        | DynamicallyAccessedMemberTypes.NonPublicFields;

    private static readonly Dictionary<Type, FieldInfo[]> Known = [];

    // What is remembered for a time is forgotten after this one.
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(2);

    // They only carry requests, or never change.
    private static readonly HashSet<Type> Left =
        [typeof(CouchConnection), typeof(CouchAddress), typeof(CouchFeed), typeof(Lock)];

    /// <summary>Folds it.</summary>
    /// <param name="store">The store, or a part of it.</param>
    /// <param name="clock">The clock that it measures time with.</param>
    public static ulong Of(CouchStore store, TimeProvider clock) => Fold(store, clock);

    private static ulong Fold(object? value, TimeProvider clock)
    {
        switch (value)
        {
            case null:
                return 1;
            case string text:
                return Folding.Of(text);
            case bool or int or long or ulong or byte or Enum:
                return Folding.Of(Convert.ToUInt64(value));
            case ReadOnlyMemory<byte> bytes:
                return bytes.ToArray().Aggregate(7UL, (sum, each) => Folding.Then(sum, each));
            case IDictionary dictionary:
                var pairs = 2UL;
                foreach (DictionaryEntry pair in dictionary)
                    pairs += Folding.Then(Fold(pair.Key, clock), Fold(pair.Value, clock));
                return Folding.Of(pairs);
            case IEnumerable many:
                var state = 3UL;
                foreach (var each in many) state = Folding.Then(state, Fold(each, clock));
                return state;
        }
        return value.GetType().Namespace!.StartsWith("Settle.", StringComparison.Ordinal)
            ? FoldFields(value, clock) : throw new NotSupportedException(
                $"the explorer does not know how to fold {value.GetType()}");
    }

    private static ulong FoldFields(object value, TimeProvider clock)
    {
        var state = 5UL;
        foreach (var field in FieldsOf(value.GetType()))
        {
            // A moment counts by how long ago it was.
            if (!field.Name.Contains("Since", StringComparison.Ordinal))
            {
                state = Folding.Then(state, Fold(field.GetValue(value), clock));
                continue;
            }
            var age = clock.GetElapsedTime((long)field.GetValue(value)!);
            if (age >= Long) return Fold(null, clock);
            state = Folding.Then(state, (ulong)age.Ticks);
        }
        return state;
    }

    private static FieldInfo[] FieldsOf(Type type)
    {
        lock (Known)
        {
            if (!Known.TryGetValue(type, out var fields))
            {
                Known.Add(type, fields = [.. AllFieldsOf(type)
                    .Where(field => !Left.Contains(field.FieldType)
                        // These are words for people.
                        && !field.Name.Contains("Why", StringComparison.Ordinal))]);
            }
            return fields;
        }
    }

    // A program that is compiled ahead keeps only the names that it is told to.
    [DynamicDependency(Kept, typeof(CouchStore))]
    [DynamicDependency(Kept, typeof(BlockForm))]
    [DynamicDependency(Kept, typeof(ClusterLook))]
    [DynamicDependency(Kept, "Settle.Stores.CouchDb.ClusterLook.Failure", "Settle.Engine")]
    [DynamicDependency(Kept, typeof(ClusterReader))]
    [DynamicDependency(Kept, typeof(ClusterWriter))]
    [DynamicDependency(Kept, typeof(CopyReader))]
    [DynamicDependency(Kept, typeof(CopyVerdict))]
    [DynamicDependency(Kept, typeof(DecidedRevisions))]
    [DynamicDependency(Kept, typeof(KnownBlock))]
    [DynamicDependency(Kept, "Settle.Stores.CouchDb.KnownBlock.Look", "Settle.Engine")]
    [UnconditionalSuppressMessage("Trimming", "IL2070",
        Justification = "The types are named above; another has no fields and is an error.")]
    private static FieldInfo[] AllFieldsOf(Type type) => type.GetFields(Fields) is [_, ..] found
        ? found : throw new NotSupportedException($"the explorer sees no fields of {type}");
}
