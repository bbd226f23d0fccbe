using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Stack.Tests.ML.Core;

public class CustomMappingTests
{
    private readonly MLContext _ml = new(1);

    private IDataView Data => _ml.Data.LoadFromEnumerable(Enumerable.Range(1, 4).Select(i => new Input { Number = i, Values = [i, -i] }));

    [Fact]
    public void TheResultsAreColumns()
    {
        var mapped = Sum().Fit(Data).Transform(Data);
        Assert.Equal(["Number: Int32", "Values: Vector<Single, 2>", "Sum: Single", "Text: String", "Pair: Vector<Double, 2>"],
            mapped.Schema.Select(column => column.ToString()));
        Assert.Equal([1f, 2f, 3f, 4f], mapped.GetColumn<float>("Sum"));
        Assert.Equal(["1", "2", "3", "4"], mapped.GetColumn<string>("Text"));
        Assert.Equal([1d, -1d], mapped.GetColumn<double[]>("Pair").First());
        Assert.Equal([1, 2, 3, 4], mapped.GetColumn<int>("Number"));
        Assert.Null(mapped.GetRowCount());
    }

    [Fact]
    public void TheMapRunsOnceARowAndOnlyIfItIsNeeded()
    {
        var calls = 0;
        var mapped = _ml.Transforms.CustomMapping<Input, Output>((_, _) => calls++, null).Fit(Data).Transform(Data);
        _ = mapped.GetColumn<int>("Number").Count();
        Assert.Equal(0, calls);
        _ = mapped.Preview(maxRows: 4);
        Assert.Equal(4, calls);
    }

    [Fact]
    public void OnlyTheColumnsOfTheInputAreRead()
    {
        var data = Data;
        ITransformer transformer = _ml.Transforms.CustomMapping<OnlyNumber, Output>((_, _) => { }, null).Fit(data);
        var mapper = transformer.GetRowToRowMapper(data.Schema);
        Assert.Equal(["Number"], mapper.GetDependencies([mapper.OutputSchema["Sum"]]).Select(column => column.Name));
    }

    [Fact]
    public void ColumnsOfTheInputAreCheckedBeforehand()
    {
        Throws.Param("Schema", "Could not find  column 'Absent'",
            () => _ml.Transforms.CustomMapping<Absent, Output>((_, _) => { }, null).Fit(Data));
        Throws.Param("inputSchema", "Schema mismatch for input column 'Number': expected Single, got Int32",
            () => Sum().Append(_ml.Transforms.CustomMapping<WithFloat, Output>((_, _) => { }, null)).Fit(Data));
        Throws.Param("inputSchema", "Schema mismatch for input column 'Number': expected Vector<Int32>, got Int32",
            () => Sum().Append(_ml.Transforms.CustomMapping<WithVector, Output>((_, _) => { }, null)).Fit(Data));
    }

    [Fact]
    public void DefinitionsGiveNamesAndTypes()
    {
        var input = SchemaDefinition.Create(typeof(WithOther));
        input["Other"].ColumnName = "Number";
        var output = SchemaDefinition.Create(typeof(Output));
        output["Sum"].ColumnName = "Result";
        var mapped = _ml.Transforms.CustomMapping<WithOther, Output>((source, target) => target.Sum = source.Other, null, input, output)
            .Fit(Data).Transform(Data);
        Assert.Equal([1f, 2f, 3f, 4f], mapped.GetColumn<float>("Result"));
    }

    [Fact]
    public void AStateLivesAsLongAsItsCursor()
    {
        var mapped = _ml.Transforms.StatefulCustomMapping<Input, Output, State>(
            (source, target, state) => target.Sum = state.Total += source.Number, state => state.Total = 10, null).Fit(Data).Transform(Data);
        Assert.Equal([11f, 13f, 16f, 20f], mapped.GetColumn<float>("Sum"));
        Assert.Equal([11f, 13f, 16f, 20f], mapped.GetColumn<float>("Sum"));
    }

    [Fact]
    public void APredicateTakesRowsOut()
    {
        var odd = _ml.Data.FilterByCustomPredicate<OnlyNumber>(Data, row => row.Number % 2 == 0);
        Assert.Equal([1, 3], odd.GetColumn<int>("Number"));
        Assert.Null(odd.GetRowCount());
        var first = _ml.Data.FilterByStatefulCustomPredicate<OnlyNumber, State>(Data, (_, state) => ++state.Total > 2, state => state.Total = 0);
        Assert.Equal([1, 2], first.GetColumn<int>("Number"));
        Assert.Equal([1, 2], first.GetColumn<int>("Number"));
    }

    [Fact]
    public void WithoutAContractThereIsNoSaving() =>
        Throws.Invalid("Empty contract name for a transform: the transform cannot be saved", () =>
        {
            _ml.Model.Save(Sum().Fit(Data), Data.Schema, new MemoryStream());
            return null;
        });

    [Fact]
    public void AContractIsFoundAgain()
    {
        using var file = new MemoryStream();
        _ml.Model.Save(Contracted("Stack sum").Fit(Data), Data.Schema, file);
        file.Position = 0;
        var loaded = new MLContext().Model.Load(file, out var schema);
        Assert.IsType<CustomMappingTransformer<Input, Output>>(loaded);
        Assert.Equal(["Number: Int32", "Values: Vector<Single, 2>"], schema.Select(column => column.ToString()));
        Assert.Equal([1f, 2f, 3f, 4f], loaded.Transform(Data).GetColumn<float>("Sum"));
    }

    [Fact]
    public void AStatefulContractIsFoundAgain()
    {
        var model = _ml.Transforms.StatefulCustomMapping<Input, Output, State>((_, _, _) => { }, _ => { }, "Stack running sum").Fit(Data);
        using var file = new MemoryStream();
        _ml.Model.Save(Contracted("Stack sum").Fit(Data).Append(model), null, file);
        file.Position = 0;
        var loaded = new MLContext().Model.Load(file, out var schema);
        Assert.Null(schema);
        Assert.Equal([1f, 3f, 6f, 10f], loaded.Transform(Data).GetColumn<float>("Sum"));
    }

    [Fact]
    public void AnUnknownContractSaysWhatToDo()
    {
        using var file = new MemoryStream();
        _ml.Model.Save(Contracted("Nobody's").Fit(Data), Data.Schema, file);
        file.Position = 0;
        var exception = Assert.ThrowsAny<Exception>(() => new MLContext().Model.Load(file, out _));
        Assert.Equal("Error during class instantiation", exception.Message);
        Assert.Equal(
            "Unable to locate an extension for the contract 'Nobody's'. Ensure you have called ComponentCatalog.RegisterAssembly with the Assembly "
            + "that contains a class decorated with a 'Microsoft.ML.Transforms.CustomMappingFactoryAttributeAttribute'.",
            exception.GetBaseException().Message);
    }

    private CustomMappingEstimator<Input, Output> Sum() => Contracted(null);

    private CustomMappingEstimator<Input, Output> Contracted(string? contract) =>
        _ml.Transforms.CustomMapping<Input, Output>(SumFactory.Map, contract);

    public sealed class Input
    {
        public int Number { get; set; }

        [VectorType(2)]
        public float[] Values { get; set; } = [];
    }

    public sealed class Output
    {
        public float Sum { get; set; }

        public string Text { get; set; } = "";

        [VectorType(2)]
        public double[] Pair { get; set; } = [0, 0];
    }

    public sealed class OnlyNumber
    {
        public int Number { get; set; }
    }

    public sealed class WithFloat
    {
        public float Number { get; set; }
    }

    public sealed class WithVector
    {
        public int[] Number { get; set; } = [];
    }

    public sealed class WithOther
    {
        public int Other { get; set; }
    }

    public sealed class Absent
    {
        [ColumnName("Absent")]
        public int Missing { get; set; }
    }

    public sealed class State
    {
        public int Total { get; set; }
    }

    [CustomMappingFactoryAttribute("Stack sum")]
    public sealed class SumFactory : CustomMappingFactory<Input, Output>
    {
        public static void Map(Input input, Output output)
        {
            output.Sum = input.Number + input.Values.Sum();
            output.Text = $"{input.Number}";
            output.Pair = [input.Values[0], input.Values[1]];
        }

        public override Action<Input, Output> GetMapping() => Map;
    }

    [CustomMappingFactoryAttribute("Stack running sum")]
    public sealed class RunningSumFactory : StatefulCustomMappingFactory<Input, Output, State>
    {
        public override Action<Input, Output, State> GetMapping() => (input, output, state) => output.Sum = state.Total += input.Number;

        public override Action<State> GetStateInitAction() => state => state.Total = 0;
    }
}
