using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Stack.Tests.ML.Learning;

/// <summary>The tables are, to the letter, those that ML.NET 5.0.0, compiled from its sources, wrote for the same rows.</summary>
public sealed class ConfusionTableTests
{
    private static readonly uint[] Labels = [0, 0, 1, 1, 1, 2, 2, 2, 2, 0];
    private static readonly int[] Predicted = [0, 1, 1, 1, 2, 2, 2, 0, 2, 0];

    private readonly MLContext _context = new(1);

    public ConfusionTableTests() => CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

    [Fact]
    public void Short_names_head_the_columns() => Equal(
        """

        Confusion table
                  ||========================
        PREDICTED || five5 |     b |     c | Recall
        TRUTH     ||========================
            five5 ||     2 |     1 |     0 | 0.6667
                b ||     0 |     2 |     1 | 0.6667
                c ||     1 |     0 |     3 | 0.7500
                  ||========================
        Precision ||0.6667 |0.6667 |0.7500 |

        """, Three("five5", "b", "c"));

    [Fact]
    public void Long_names_give_way_to_numbers() => Equal(
        """

        Confusion table
                                ||========================
        PREDICTED               ||     0 |     1 |     2 | Recall
        TRUTH                   ||========================
        0. a name of many words ||     2 |     1 |     0 | 0.6667
        1.                    b ||     0 |     2 |     1 | 0.6667
        2.                      ||     1 |     0 |     3 | 0.7500
                                ||========================
        Precision               ||0.6667 |0.6667 |0.7500 |

        """, Three("a name of many words", "b", ""));

    [Fact]
    public void Two_classes_have_wider_columns() => Equal(
        """

        Confusion table
                  ||======================
        PREDICTED || exactly8 |        b | Recall
        TRUTH     ||======================
         exactly8 ||        6 |        1 | 0.8571
                b ||        1 |        2 | 0.6667
                  ||======================
        Precision ||   0.8571 |   0.6667 |

        """, Two("exactly8", "b"));

    [Fact]
    public void Ten_classes_and_more_are_numbered_in_two_digits()
    {
        var names = Enumerable.Range(0, 12).Select(c => $"section{c}").ToArray();
        var rows = Enumerable.Range(0, 12).Select(i =>
            new TwelveClasses { Label = (uint)i, Score = [.. Enumerable.Range(0, 12).Select(c => c == (i + i / 6) % 12 ? .3f : .05f)] });
        var table = _context.MulticlassClassification.Evaluate(Named(rows, names)).ConfusionMatrix.GetFormattedConfusionTable();
        var lines = table.Split(Environment.NewLine);
        Assert.Equal("PREDICTED     ||     0 |     1 |     2 |     3 |     4 |     5 |     6 |     7 |     8 |     9 |    10 |    11 | Recall", lines[3]);
        Assert.Equal(" 6.  section6 ||     0 |     0 |     0 |     0 |     0 |     0 |     0 |     1 |     0 |     0 |     0 |     0 | 0.0000", lines[11]);
        Assert.Equal("10. section10 ||     0 |     0 |     0 |     0 |     0 |     0 |     0 |     0 |     0 |     0 |     0 |     1 | 0.0000", lines[15]);
    }

    [Fact]
    public void Binary_tables_tell_the_share_of_the_first_class()
    {
        var rows = _context.Data.LoadFromEnumerable(Labels.Zip(Predicted, (label, best) =>
            new BinaryRow { Name = label == 0 ? "ham" : "spam", Score = best - .5f, Probability = .2f + .3f * best }));
        var keyed = _context.Transforms.Conversion.MapValueToKey("Label", "Name").Fit(rows).Transform(rows);
        Equal(
            """
            TEST HAM RATIO:	0.7000 (7.0/(7.0+3.0))
            Confusion table
                      ||======================
            PREDICTED ||      ham |     spam | Recall
            TRUTH     ||======================
                  ham ||        6 |        1 | 0.8571
                 spam ||        1 |        2 | 0.6667
                      ||======================
            Precision ||   0.8571 |   0.6667 |

            """, _context.BinaryClassification.Evaluate(keyed).ConfusionMatrix);
    }

    [Fact]
    public void Pairs_of_no_class_are_refused()
    {
        var matrix = Three("a", "b", "c");
        const string message = "Invalid index. Should be non-negative, less than the number of classes.";
        Assert.StartsWith(message, Assert.Throws<ArgumentOutOfRangeException>("predictedClassIndicatorIndex",
            () => matrix.GetCountForClassPair(-1, 0)).Message, StringComparison.Ordinal);
        Assert.StartsWith(message, Assert.Throws<ArgumentOutOfRangeException>("actualClassIndicatorIndex",
            () => matrix.GetCountForClassPair(0, 3)).Message, StringComparison.Ordinal);
    }

    private ConfusionMatrix Three(params string[] names) => _context.MulticlassClassification.Evaluate(Named(Labels.Zip(Predicted, (label, best) =>
        new ThreeClasses { Label = label, Score = [.. Enumerable.Range(0, 3).Select(c => c == best ? .5f : .25f)] }), names)).ConfusionMatrix;

    private ConfusionMatrix Two(params string[] names) => _context.MulticlassClassification.Evaluate(Named(Labels.Zip(Predicted, (label, best) =>
        new TwoClasses { Label = label % 2, Score = best == 1 ? [.25f, .75f] : [.75f, .25f] }), names)).ConfusionMatrix;

    /// <summary>Rows whose scores are named by slot.</summary>
    private IDataView Named<T>(IEnumerable<T> rows, string[] names)
        where T : class
    {
        var definition = SchemaDefinition.Create(typeof(T));
        definition["Score"].AddAnnotation("SlotNames", new VBuffer<ReadOnlyMemory<char>>(names.Length, [.. names.Select(name => name.AsMemory())]),
            new VectorDataViewType(TextDataViewType.Instance, names.Length));
        return _context.Data.LoadFromEnumerable(rows, definition);
    }

    private static void Equal(string table, ConfusionMatrix matrix) =>
        Assert.Equal(table.ReplaceLineEndings(), matrix.GetFormattedConfusionTable());

    private sealed class ThreeClasses
    {
        [KeyType(3)]
        public uint Label { get; set; }

        [VectorType(3)]
        public float[] Score { get; set; } = [];

        public uint PredictedLabel { get; set; }
    }

    private sealed class TwoClasses
    {
        [KeyType(2)]
        public uint Label { get; set; }

        [VectorType(2)]
        public float[] Score { get; set; } = [];

        public uint PredictedLabel { get; set; }
    }

    private sealed class TwelveClasses
    {
        [KeyType(12)]
        public uint Label { get; set; }

        [VectorType(12)]
        public float[] Score { get; set; } = [];

        public uint PredictedLabel { get; set; }
    }

    private sealed class BinaryRow
    {
        public string Name { get; set; } = "";

        public float Score { get; set; }

        public float Probability { get; set; }

        public bool PredictedLabel { get; set; }
    }
}
