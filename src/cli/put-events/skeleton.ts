/** The input of PutEvents with every field, byte for byte as the official CLI prints it. */
export const SKELETON = `{
    "trackingId": "",
    "userId": "",
    "sessionId": "",
    "eventList": [
        {
            "eventId": "",
            "eventType": "",
            "eventValue": 0.0,
            "itemId": "",
            "properties": "",
            "sentAt": "1970-01-01T00:00:00",
            "recommendationId": "",
            "impression": [
                ""
            ],
            "metricAttribution": {
                "eventAttributionSource": ""
            }
        }
    ]
}`;

/** An event whose values show the types of its fields. */
export const EVENT_SHAPE: Record<string, unknown> = JSON.parse(SKELETON).eventList[0];
