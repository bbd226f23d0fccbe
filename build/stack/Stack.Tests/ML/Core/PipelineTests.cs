using Microsoft.ML;
using Microsoft.ML.Data;

namespace Stack.Tests.ML.Core;

public class PipelineTests
{
    private readonly MLContext _ml = new(1);

    private IDataView Data => _ml.Data.LoadFromEnumerable(new[] { new Row { Number = 1, Key = 1, Values = [1, 2] } });

    [Fact]
    public void TheShapeOfASchemaSaysKindsAndItemTypes()
    {
        var definition = SchemaDefinition.Create(typeof(Row));
        definition["Key"].AddAnnotation("KeyValues", new[] { "a", "b", "c" }, new VectorDataViewType(TextDataViewType.Instance, 3));
        var estimator = new PassThroughEstimator(new());
        new EstimatorChain<ITransformer>().Append(estimator).Fit(_ml.Data.LoadFromEnumerable(new[] { new Row() }, definition));
        var shape = estimator.Shape!;
        Assert.Equal(4, shape.Count);
        Assert.Equal(["Number", "Key", "Values", "Free"], shape.Select(column => column.Name));
        Assert.Equal(
            [SchemaShape.Column.VectorKind.Scalar, SchemaShape.Column.VectorKind.Scalar, SchemaShape.Column.VectorKind.Vector, SchemaShape.Column.VectorKind.VariableVector],
            shape.Select(column => column.Kind));
        Assert.Equal([NumberDataViewType.Int32, NumberDataViewType.UInt32, NumberDataViewType.Single, TextDataViewType.Instance], shape.Select(column => column.ItemType));
        Assert.Equal([false, true, false, false], shape.Select(column => column.IsKey));
        var annotation = Assert.Single(shape[1].Annotations);
        Assert.Equal(("KeyValues", SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance), (annotation.Name, annotation.Kind, annotation.ItemType));
        Assert.Empty(shape[0].Annotations);
    }

    [Fact]
    public void AColumnThatIsNothingIsRefused() =>
        Throws.Param("columns", "Some items are not initialized properly.", () => new SchemaShape([default]));

    [Fact]
    public void HiddenColumnsHaveNoShape()
    {
        var hiding = _ml.Transforms.CustomMapping<Row, OnlyNumber>((row, result) => result.Number = row.Number + 0.5f, null);
        var estimator = new PassThroughEstimator(new());
        var model = hiding.Append(estimator).Fit(Data);
        Assert.Single(estimator.Shape!, column => column.Name == "Number");
        estimator.Append(estimator).Fit(model.Transform(Data));
        Assert.Equal(4, estimator.Shape!.Count);
    }

    [Fact]
    public void AnAddedColumnStandsAfterTheOneItHides()
    {
        var mapped = _ml.Transforms.CustomMapping<Row, OnlyNumber>((row, result) => result.Number = row.Number + 0.5f, null)
            .Append(_ml.Transforms.CustomMapping<OnlyNumber, Doubled>((row, result) => result.Twice = (int)(row.Number * 2), null))
            .Append(_ml.Transforms.CustomMapping<Doubled, OnlyNumber>((row, result) => result.Number = row.Twice + 0.25f, null))
            .Fit(Data).Transform(Data);
        Assert.Equal(["Number", "Number", "Number", "Key", "Values", "Free", "Twice"], mapped.Schema.Select(column => column.Name));
        Assert.Equal([true, true, false, false, false, false, false], mapped.Schema.Select(column => column.IsHidden));
        Assert.Equal([1], mapped.GetColumn<int>(mapped.Schema[0]));
        Assert.Equal([1.5f], mapped.GetColumn<float>(mapped.Schema[1]));
        Assert.Equal([3.25f], mapped.GetColumn<float>("Number"));
        Assert.Equal([3], mapped.GetColumn<int>("Twice"));
        Assert.Equal([1, 1.5f, 3.25f], mapped.Preview().RowView[0].Values.Take(3).Select(pair => Convert.ToSingle(pair.Value, null)));
    }

    [Fact]
    public void TheSchemaIsPropagatedBeforeAnythingIsFitted()
    {
        var first = new PassThroughEstimator(new());
        var needsAbsent = _ml.Transforms.CustomMapping<Absent, OnlyNumber>((_, _) => { }, null);
        Throws.Param("inputSchema", "Could not find input column 'Nowhere'", () => first.Append(needsAbsent).Fit(Data));
        Assert.Equal(0, first.Fits);
        Assert.NotNull(first.Shape);
    }

    [Fact]
    public void AChainFitsEachStageOnWhatTheOneBeforeMakes()
    {
        var chain = _ml.Transforms.CustomMapping<Row, Doubled>((row, result) => result.Twice = row.Number * 2, null)
            .Append(_ml.Transforms.CustomMapping<Doubled, Quadrupled>((row, result) => result.Fourfold = row.Twice * 2, null));
        var model = chain.Fit(Data);
        Assert.Equal(4, model.Transform(Data).GetColumn<int>("Fourfold").Single());
        Assert.IsType<Microsoft.ML.Transforms.CustomMappingTransformer<Doubled, Quadrupled>>(model.LastTransformer);
        Assert.Equal(2, model.Count());
        Assert.Same(model.LastTransformer, model.Last());
        Assert.Equal(["Number", "Key", "Values", "Free", "Twice", "Fourfold"], model.GetOutputSchema(Data.Schema).Select(column => column.Name));
        Assert.Equal(["Number", "Key", "Values", "Free", "Twice", "Fourfold"],
            chain.GetOutputSchema(new PassThroughShape(Data).Shape).Select(column => column.Name));
    }

    [Fact]
    public void EveryStageIsTransformedOnceInFitting()
    {
        var last = new PassThrough();
        new PassThroughEstimator(new()).Append(new PassThroughEstimator(last)).Fit(Data);
        Assert.Equal(1, last.Transforms);
    }

    [Fact]
    public void ScopesSayWhenAStageTakesPart()
    {
        PassThrough label = new(), features = new();
        var model = new EstimatorChain<ITransformer>()
            .Append(new PassThroughEstimator(label), TransformerScope.TrainTest)
            .Append(new PassThroughEstimator(features)).Fit(Data);
        Assert.Equal([features], model.GetModelFor(TransformerScope.Scoring));
        Assert.Equal([label, features], model.GetModelFor(TransformerScope.Testing));
        model.Transform(Data);
        Assert.Equal((1, 2), (label.Transforms, features.Transforms));
        model.Transform(Data, TransformerScope.Everything);
        Assert.Equal((2, 3), (label.Transforms, features.Transforms));
        var longer = model.Append(new PassThrough(), TransformerScope.Training);
        Assert.Equal(3, longer.Count());
        Assert.Equal([features], longer.GetModelFor(TransformerScope.Scoring));
    }

    [Fact]
    public void ADelegateSeesWhatIsFitted()
    {
        var transformer = new PassThrough();
        PassThrough? seen = null;
        var estimator = new PassThroughEstimator(transformer).WithOnFitDelegate(fitted => seen = fitted);
        estimator.Append(new PassThroughEstimator(new())).Fit(Data);
        Assert.Same(transformer, seen);
    }

    [Fact]
    public void AChainDisposesItsStagesOnce()
    {
        PassThrough first = new(), second = new();
        var chain = first.Append(second);
        chain.Dispose();
        chain.Dispose();
        Assert.Equal((1, 1), (first.Disposals, second.Disposals));
    }

    [Fact]
    public void AChainIsAMapperIfAllItsStagesAre()
    {
        ITransformer mapper = new PassThrough().Append(new PassThrough());
        ITransformer none = new PassThrough().Append(new PassThrough(isRowToRowMapper: false));
        Assert.True(mapper.IsRowToRowMapper);
        Assert.False(none.IsRowToRowMapper);
        Throws.Invalid("GetRowToRowMapper method called despite IsRowToRowMapper being false.", () => none.GetRowToRowMapper(Data.Schema));
        Assert.True(((ITransformer)new TransformerChain<ITransformer>()).IsRowToRowMapper);
    }

    [Fact]
    public void AMapperIsBoundToTheVerySchemaItWasGiven()
    {
        var data = Data;
        ITransformer chain = _ml.Transforms.CustomMapping<Row, Doubled>((row, result) => result.Twice = row.Number * 2, null).Fit(data)
            .Append(new PassThrough());
        var mapper = chain.GetRowToRowMapper(data.Schema);
        Assert.Same(data.Schema, mapper.InputSchema);
        Assert.Equal(["Number", "Key", "Values", "Free"],
            mapper.GetDependencies([mapper.OutputSchema["Twice"]]).Select(column => column.Name));
        Assert.Equal(["Key"], mapper.GetDependencies([mapper.OutputSchema["Key"]]).Select(column => column.Name));
        using var cursor = data.GetRowCursor(data.Schema);
        using (var row = mapper.GetRow(cursor, [mapper.OutputSchema["Twice"]]))
        {
            Assert.Same(mapper.OutputSchema, row.Schema);
            Assert.True(row.IsColumnActive(mapper.OutputSchema["Twice"]));
            var get = row.GetGetter<int>(mapper.OutputSchema["Twice"]);
            Assert.True(cursor.MoveNext());
            var value = 0;
            get(ref value);
            Assert.Equal(2, value);
        }

        var other = Data;
        using var foreign = other.GetRowCursor(other.Schema);
        Throws.Param("input", "Schema did not match original schema", () => mapper.GetRow(foreign, []));
    }

    [Fact]
    public void AnEmptyChainChangesNothing()
    {
        var data = Data;
        var chain = new EstimatorChain<ITransformer>().Fit(data);
        Assert.Same(data, chain.Transform(data));
        Assert.Null(chain.LastTransformer);
        Throws.Invalid("Current estimator chain has no estimator, can't append cache checkpoint.",
            () => new EstimatorChain<ITransformer>().AppendCacheCheckpoint(_ml));
    }

    [Fact]
    public void ACheckpointKeepsWhatWasComputed()
    {
        var computed = 0;
        var counting = _ml.Transforms.CustomMapping<Row, Doubled>(
            (row, result) =>
            {
                computed++;
                result.Twice = row.Number * 2;
            },
            null);
        var reader = new ReadingEstimator("Twice", times: 3);
        counting.Append(reader).Fit(Data);
        Assert.Equal(3, computed);
        computed = 0;
        counting.AppendCacheCheckpoint(_ml).Append(reader).Fit(Data);
        Assert.Equal(1, computed);
    }

    public sealed class Row
    {
        public int Number { get; set; }

        [KeyType(3)]
        public uint Key { get; set; }

        [VectorType(2)]
        public float[] Values { get; set; } = [];

        public string[] Free { get; set; } = [];
    }

    public sealed class OnlyNumber
    {
        public float Number { get; set; }
    }

    public sealed class Absent
    {
        public int Nowhere { get; set; }
    }

    public sealed class Doubled
    {
        public int Twice { get; set; }
    }

    public sealed class Quadrupled
    {
        public int Fourfold { get; set; }
    }

    private sealed class PassThroughShape
    {
        public PassThroughShape(IDataView data)
        {
            var estimator = new PassThroughEstimator(new());
            new EstimatorChain<ITransformer>().Append(estimator).Fit(data);
            Shape = estimator.Shape!;
        }

        public SchemaShape Shape { get; }
    }

    private sealed class ReadingEstimator(string column, int times) : IEstimator<PassThrough>
    {
        public PassThrough Fit(IDataView input)
        {
            for (var i = 0; i < times; i++)
                Assert.Equal([2], input.GetColumn<int>(column));
            return new();
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
    }
}
