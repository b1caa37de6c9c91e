namespace Settle.Paper.Shaping;

/// <summary>
/// The order in which a line of two directions is written: the algorithm of Unicode (UAX 9) without
/// explicit embedding, which nobody types into a name.
/// </summary>
internal static class BidiText
{
    /// <summary>The parts of a line, from the left to the right.</summary>
    public static List<(Range Part, bool IsRightToLeft)> Order(string line)
    {
        var classes = ClassesOf(line);
        var first = Array.Find(classes, each => each is BidiClass.Left or BidiClass.Right
            or BidiClass.ArabicLetter);
        var isRight = first is BidiClass.Right or BidiClass.ArabicLetter;
        ResolveNumbers(classes, isRight);
        ResolveNeutrals(classes, isRight);
        return Reordered(LevelsOf(classes, isRight));
    }

    // One for each UTF-16 code unit.
    private static BidiClass[] ClassesOf(string line)
    {
        var classes = new BidiClass[line.Length];
        var at = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            classes.AsSpan(at, rune.Utf16SequenceLength).Fill(CharacterTraits.BidiOf(rune));
            at += rune.Utf16SequenceLength;
        }
        return classes;
    }

    // The rules W1 to W7.
    private static void ResolveNumbers(BidiClass[] classes, bool isRight)
    {
        var before = isRight ? BidiClass.Right : BidiClass.Left;
        for (var i = 0; i < classes.Length; i++)
        {
            if (classes[i] == BidiClass.Mark) classes[i] = i == 0 ? before : classes[i - 1];
        }
        var strong = before;
        for (var i = 0; i < classes.Length; i++)
        {
            if (classes[i] is BidiClass.Left or BidiClass.Right or BidiClass.ArabicLetter)
                strong = classes[i];
            if (classes[i] == BidiClass.Number && strong == BidiClass.ArabicLetter)
                classes[i] = BidiClass.ArabicNumber;
        }
        for (var i = 0; i < classes.Length; i++)
        {
            if (classes[i] == BidiClass.ArabicLetter) classes[i] = BidiClass.Right;
            if (classes[i] is not (BidiClass.Sign or BidiClass.Separator)) continue;
            var isBetween = i > 0 && i + 1 < classes.Length && classes[i - 1] == classes[i + 1];
            if (isBetween && (classes[i - 1] == BidiClass.Number
                || (classes[i - 1] == BidiClass.ArabicNumber
                    && classes[i] == BidiClass.Separator)))
                classes[i] = classes[i - 1];
        }
        for (var i = 1; i < classes.Length; i++)
        {
            if (classes[i] == BidiClass.Unit && classes[i - 1] == BidiClass.Number)
                classes[i] = BidiClass.Number;
        }
        for (var i = classes.Length - 2; i >= 0; i--)
        {
            if (classes[i] == BidiClass.Unit && classes[i + 1] == BidiClass.Number)
                classes[i] = BidiClass.Number;
        }
        for (var i = 0; i < classes.Length; i++)
        {
            if (classes[i] is BidiClass.Left or BidiClass.Right) before = classes[i];
            else if (classes[i] is BidiClass.Sign or BidiClass.Separator or BidiClass.Unit)
                classes[i] = BidiClass.Neutral;
            else if (classes[i] == BidiClass.Number && before == BidiClass.Left)
                classes[i] = BidiClass.Left;
        }
    }

    // The rules N1 and N2: numbers count as written from the right to the left.
    private static void ResolveNeutrals(BidiClass[] classes, bool isRight)
    {
        var outer = isRight ? BidiClass.Right : BidiClass.Left;
        for (var start = 0; start < classes.Length; start++)
        {
            if (classes[start] != BidiClass.Neutral) continue;
            var end = start;
            while (end < classes.Length && classes[end] == BidiClass.Neutral) end++;
            var left = start == 0 ? outer : Direction(classes[start - 1]);
            var right = end == classes.Length ? outer : Direction(classes[end]);
            classes.AsSpan(start, end - start).Fill(left == right ? left : outer);
            start = end;
        }
    }

    private static BidiClass Direction(BidiClass each) =>
        each == BidiClass.Left ? BidiClass.Left : BidiClass.Right;

    private static byte[] LevelsOf(BidiClass[] classes, bool isRight) =>
        [.. classes.Select(each => (byte)(each switch
        {
            BidiClass.Left => isRight ? 2 : 0,
            BidiClass.Right => 1,
            _ => 2,
        }))];

    // The rule L2: from the highest level on, what is at least so high is turned round.
    private static List<(Range, bool)> Reordered(byte[] levels)
    {
        var runs = new List<(int Start, int End, byte Level)>();
        for (var start = 0; start < levels.Length;)
        {
            var end = start;
            while (end < levels.Length && levels[end] == levels[start]) end++;
            runs.Add((start, end, levels[start]));
            start = end;
        }
        for (byte level = 2; level > 0; level--)
        {
            for (var at = 0; at < runs.Count; at++)
            {
                var end = at;
                while (end < runs.Count && runs[end].Level >= level) end++;
                runs.Reverse(at, end - at);
                at = int.Max(at, end);
            }
        }
        return runs.ConvertAll(run => (run.Start..run.End, run.Level % 2 == 1));
    }
}
