namespace Workflow.Activities.Tests.StandardDefinitions;

/// <summary>What people ask of the bureau: reports, petitions, permits, and land to be restored.</summary>
internal static class ServiceStories
{
    public static readonly Told[] All =
    [
        new("public-report", "whole", """
            raise 2026-09-14T10:00
            due response 2026-09-15T17:00
            do accept Accepted {"kind": "投诉"}
            due analysis 2026-09-15T17:00
            do verify
            due handle 2026-10-10T17:00                       # 15-18 (4), 20-24 (9), 28-30 (12), 8-10 Oct (15)
            at 2026-09-16T10:00
            pause handle waiting-for-reporter
            at 2026-09-18T10:00
            resume handle
            due handle 2026-10-13T17:00                       # without the 17th and 18th: 15-16 (2), 20-24 (7), 28-30 (10), 8-10 Oct (13), 12-13 (15)
            fired
            at 2026-10-14T17:00
            fired handle.eve handle.late handle.notice        # a working day before, at the end, a working day after
            breached handle
            do handle
            due visit 2026-10-15T17:00
            do visit Dissatisfied {"satisfaction": 2}
            do handle
            do visit Satisfied {"solved": true, "satisfaction": 5}
            draw Ordered
            do inspect Return
            do handle
            do visit Satisfied {"solved": true, "satisfaction": 5}
            do inspect Pass
            stages Initiation1:Done Response1:Done Analysis1:Done Handling1:Done PostEvaluation1:Return Handling2:Done PostEvaluation2:Return Handling3:Done PostEvaluation3:Done
            closed
            """),
        new("public-report", "a question is answered without going there", """
            raise 2026-09-14T10:00 complaint
            do accept Accepted {"kind": "咨询"}
            due reply 2026-09-17T17:00
            do reply
            do visit Satisfied {"solved": true, "satisfaction": 4}
            draw Complained
            do inspect Pass
            closed
            """),
        new("public-report", "help", """
            raise 2026-09-14T10:00
            do accept Accepted {"kind": "求助"}
            do verify
            due help 2026-09-22T17:00                         # 15-18 (4), Sunday the 20th (5), 21-22 (7)
            """),
        new("public-report", "not ours", """
            raise 2026-09-14T10:00 complaint
            do accept NotAccepted
            do visit Satisfied {"satisfaction": 3}
            do inspect Pass
            stages Initiation1:Done Response1:CloseOut PostEvaluation1:Done
            closed
            """),
        new("petition", "whole", """
            raise 2026-09-14T10:00 complaint
            due response 2026-09-29T17:00                     # 14 + 15
            do accept Accepted
            due analysis 2026-11-13T17:00                     # 14 Sep + 60
            at 2026-09-16T10:00
            pause investigate appraisal
            at 2026-09-26T10:00
            resume investigate
            due analysis 2026-11-23T17:00                     # 17 to 26 Sep, ten dates, do not count
            extend investigate 30cd
            due analysis 2026-12-23T17:00
            at 2026-09-28T10:00
            do investigate
            do opinion
            do sign Amend
            do opinion
            sign sign Agree
            due serve 2026-10-10T17:00                        # 29-30 (2), 8-10 Oct (5)
            fired
            at 2026-10-11T10:00
            fired serve.eve
            breached serve
            do serve
            due await-review 2026-11-10T17:00                 # 11 Oct + 30
            do await-review ReviewAsked
            due review 2026-11-10T17:00
            do review Overturned
            due analysis 2026-12-10T17:00                     # a new clock: 11 Oct + 60
            do investigate
            do opinion
            sign sign Agree
            do serve
            do await-review ReviewAsked
            do review Upheld
            do await-final ReviewAsked
            do final Upheld
            draw Complained
            do inspect Return
            do serve
            do await-review Settled
            do inspect Pass
            stages Initiation1:Done Response1:Done Analysis1:Done Handling1:Return Analysis2:Done Handling2:Done PostEvaluation1:Return Handling3:Done PostEvaluation2:Done
            closed
            """),
        new("petition", "somebody else's", """
            raise 2026-09-14T10:00 complaint
            do accept Transferred
            do inspect Pass
            stages Initiation1:Done Response1:CloseOut PostEvaluation1:Done
            closed
            """),
        new("permit-review", "whole, of a book", """
            raise 2026-09-14T10:00 {"kind": "报告书"}
            due response 2026-09-20T17:00                     # 15-18 (4), Sunday the 20th (5)
            do accept Correct
            due correct 2026-10-14T17:00                      # 14 + 30
            pause correct waiting-for-reporter
            at 2026-09-16T10:00
            resume correct
            due correct 2026-10-16T17:00                      # the 15th and 16th do not count
            due response 2026-09-22T17:00                     # 17-18 (2), 20-22 (5)
            do correct Submitted
            do accept Accepted {"kind": "报告书"}
            do assess-book
            do joint Agree
            sign joint Agree                                  # three of four are two thirds, and the fourth is not needed
            due book 2026-11-16T17:00                         # 16 Sep + 60 = 15 Nov, a Sunday; on to Monday
            at 2026-09-20T10:00
            pause book technical-assessment
            at 2026-10-10T10:00
            resume book
            due book 2026-12-07T17:00                         # twenty dates do not count: 15 Nov + 20 = 5 Dec, a Saturday; on to Monday
            fired
            at 2026-12-07T17:00
            fired book.half book.near book.late
            breached book
            do book Approve
            due issue 2026-12-21T17:00                        # 8-11 (4), 14-18 (9), 21 (10)
            do issue
            draw Ordered
            do inspect Return
            do book Approve
            do issue
            do inspect Pass
            stages Initiation1:Done Response1:Done Analysis1:Done Handling1:Done PostEvaluation1:Return Handling2:Done PostEvaluation2:Done
            closed
            """),
        new("permit-review", "a form", """
            raise 2026-09-14T10:00
            do accept Accepted {"kind": "报告表"}
            do assess-form
            due form 2026-10-14T17:00                         # 14 + 30
            do form Refuse
            do issue
            do inspect|review Pass
            closed
            """),
        new("permit-review", "a permit", """
            raise 2026-09-14T10:00
            do accept Accepted {"kind": "排污许可", "siteCheck": false}
            due permit 2026-10-16T17:00                       # 15-18 (4), 20-24 (9), 28-30 (12), 8-10 Oct (15), 12-16 (20)
            """),
        new("permit-review", "a permit that is looked at on the spot", """
            raise 2026-09-14T10:00
            do accept Accepted {"kind": "排污许可", "siteCheck": true}
            do site-check
            due permit-site 2026-11-20T17:00                  # 15 until 10 Oct, then six weeks of five
            """),
        new("permit-review", "a registration is filed only", """
            raise 2026-09-14T10:00
            do accept Accepted {"kind": "登记表"}
            do record
            do inspect|review Pass
            stages Initiation1:Done Response1:CloseOut PostEvaluation1:Done
            closed
            """),
        new("ecological-restoration", "whole", """
            raise 2026-09-14T10:00
            due response 2026-10-16T17:00                     # 15-18 (4), 20-24 (9), 28-30 (12), 8-10 Oct (15), 12-16 (20)
            do survey
            do plan
            do joint Amend
            do plan
            sign joint Agree
            says milestone 土地整治
            due milestone 2027-03-15T17:00 provisional        # 14 Mar 2027 is a Sunday; on to Monday
            at 2026-12-01T10:00
            pause milestone weather
            at 2027-01-10T10:00
            resume milestone
            due milestone 2027-04-23T17:00 provisional        # 2 Dec to 10 Jan, forty dates, do not count: 14 Mar + 40
            fired
            at 2027-04-23T17:00
            fired milestone.half milestone.near milestone.late
            breached milestone
            do milestone
            do check-milestone Rework
            do milestone
            do check-milestone Accepted
            says milestone 植被恢复
            do milestone
            do check-milestone Accepted
            says milestone 管护移交
            do milestone
            do check-milestone Accepted
            do acceptance Rework
            do milestone
            do check-milestone Accepted
            do milestone
            do check-milestone Accepted
            do milestone
            do check-milestone Accepted
            sign acceptance Agree
            open
            at 2028-04-21T17:00
            open
            at 2028-04-22T17:00                               # 365 days later
            draw Ordered
            do inspect Return
            do milestone
            do check-milestone Accepted
            do milestone
            do check-milestone Accepted
            do milestone
            do check-milestone Accepted
            sign acceptance Agree
            at 2029-04-22T17:00
            do inspect Pass
            stages Initiation1:Done Response1:Done Analysis1:Done Handling1:Done PostEvaluation1:Return Handling2:Done PostEvaluation2:Done
            closed
            """),
        new("ecological-restoration", "nothing to restore", """
            raise 2026-09-14T10:00
            do survey NotNeeded
            do inspect|review Pass                            # what was not restored is not looked at a year later
            stages Initiation1:Done Response1:CloseOut PostEvaluation1:Done
            closed
            """),
    ];
}
